import type { Values } from "./column.ts";
import { forTypes } from "./element-loop.ts";

/** Loops that copy values in another order, compiled for each kind of array, like those of `element-loop.ts`. */

/** `out[i] = values[index[i]]`, `filler` where the index is negative; returns whether one was. */
export function gatherLoop(values: Values, index: Int32Array, out: Values, filler: number | bigint): boolean {
  const loop = forTypes(
    values,
    `return function (values, index, out, filler) {
      let negative = false;
      for (let i = 0; i < index.length; i++) {
        const k = index[i];
        if (k < 0) { out[i] = filler; negative = true; } else out[i] = values[k];
      }
      return negative;
    }`,
  );
  return loop(values, index, out, filler) as boolean;
}

/**
 * The values from `starts[0]`, `starts[1]`, … on, `step` apart, as many as the lists of `offsets` hold; without values
 * their places instead.
 */
export function piecesLoop(
  values: Values | undefined,
  starts: Int32Array,
  offsets: Int32Array,
  out: Values,
  step = 1,
): void {
  forTypes(
    values ?? offsets,
    `return function (values, starts, offsets, out, step) {
      for (let i = 0, at = 0; i < starts.length; i++) {
        const stop = offsets[i + 1];
        for (let j = starts[i]; at < stop; j += step) out[at++] = ${values === undefined ? "j" : "values[j]"};
      }
    }`,
  )(values, starts, offsets, out, step);
}

/** The values of each list to where `places` says, which move behind them; without values the places plus `shift`. */
export function scatterLoop(
  values: Values | undefined,
  offsets: Int32Array,
  places: Int32Array,
  out: Values,
  shift = 0,
): void {
  forTypes(
    values ?? offsets,
    `/* ${out.constructor.name} */ return function (values, offsets, places, out, shift) {
      for (let i = 0; i < places.length; i++) {
        const stop = offsets[i + 1];
        let at = places[i];
        for (let j = offsets[i]; j < stop; j++) out[at++] = ${values === undefined ? "j + shift" : "values[j]"};
        places[i] = at;
      }
    }`,
  )(values, offsets, places, out, shift);
}

/** The values whose flag is not 0 (or whose bit is 1, least significant first), as many as `out` holds. */
export function compressLoop(values: Values | undefined, flags: Uint8Array, kind: "bytes" | "bits", out: Values): void {
  const kept = kind === "bytes" ? "-flags[i] >>> 31" : "(flags[i >> 3] >> (i & 7)) & 1";
  forTypes(
    values ?? flags,
    `return function (values, flags, out) {
      for (let i = 0, at = 0; at < out.length; i++) {
        out[at] = ${values === undefined ? "i" : "values[i]"};
        at += ${kept};
      }
    }`,
  )(values, flags, out);
}

/** How many of the first `length` flags are not 0. */
export function countFlags(flags: Uint8Array, length: number): number {
  let count = 0;
  let i = 0;
  if ((flags.byteOffset & 3) === 0) {
    const words = new Uint32Array(flags.buffer, flags.byteOffset, length >> 2);
    for (; i < words.length; i++) {
      let word = words[i]!;
      word |= word >>> 4;
      word |= word >>> 2;
      word |= word >>> 1;
      count += Math.imul(word & 0x01010101, 0x01010101) >>> 24;
    }
    i *= 4;
  }
  for (; i < length; i++) if (flags[i] !== 0) count++;
  return count;
}

/** How many of the first `length` bits are 1. */
export function countBits(bitmap: Uint8Array, length: number): number {
  let count = 0;
  for (let i = 0; i < length >> 3; i++) {
    let byte = bitmap[i]!;
    byte -= (byte >> 1) & 0x55;
    byte = (byte & 0x33) + ((byte >> 2) & 0x33);
    count += (byte + (byte >> 4)) & 15;
  }
  for (let i = length & ~7; i < length; i++) count += (bitmap[i >> 3]! >> (i & 7)) & 1;
  return count;
}

/** `out[j] = values[i]` for every element `j` of list `i`. */
export function repeatLoop(values: Values, offsets: Int32Array, out: Values): void {
  forTypes(
    values,
    `return function (values, offsets, out) {
      for (let i = 0, j = 0; i < offsets.length - 1; i++) {
        const value = values[i];
        for (const stop = offsets[i + 1]; j < stop; j++) out[j] = value;
      }
    }`,
  )(values, offsets, out);
}

/**
 * The members of all choices of `n` values of each list, `outs[m]` those of member `m`; without values the places of the
 * values instead.
 */
export function choiceLoop(
  values: Values | undefined,
  offsets: Int32Array,
  replacement: boolean,
  outs: readonly Values[],
): void {
  const members = outs.map((_, m) => m);
  const body = members.reduceRight(
    (inner, m) => {
      const first = m === 0 ? "offsets[i]" : replacement ? `j${m - 1}` : `j${m - 1} + 1`;
      return `for (let j${m} = ${first}; j${m} < stop; j${m}++) {
      const v${m} = ${values === undefined ? `j${m}` : `values[j${m}]`};
      ${inner}
    }`;
    },
    `${members.map((m) => `out${m}[at] = v${m};`).join(" ")} at++;`,
  );
  const source = `return function (values, offsets, outs) {
    const [${members.map((m) => `out${m}`).join(", ")}] = outs;
    let at = 0;
    for (let i = 0; i < offsets.length - 1; i++) {
      const stop = offsets[i + 1];
      ${body}
    }
  }`;
  forTypes(values ?? offsets, source)(values, offsets, outs);
}

/**
 * Every list `before[i]` times, each of its values `after[i]` times in a row; without values the places of the values
 * instead.
 */
export function productLoop(
  values: Values | undefined,
  offsets: Int32Array,
  before: Int32Array | Float64Array,
  after: Int32Array | Float64Array,
  out: Values,
): void {
  forTypes(
    values ?? offsets,
    `return function (values, offsets, before, after, out) {
      let at = 0;
      for (let i = 0; i < before.length; i++) {
        const start = offsets[i];
        const stop = offsets[i + 1];
        const times = after[i];
        for (let b = before[i]; b > 0; b--)
          for (let j = start; j < stop; j++) {
            const value = ${values === undefined ? "j" : "values[j]"};
            for (let a = times; a > 0; a--) out[at++] = value;
          }
      }
    }`,
  )(values, offsets, before, after, out);
}

/** `values[i] = filler` where the bit is 0; whole bytes of present entries are passed over. */
export function blankLoop(values: Values, validity: Uint8Array, filler: number | bigint): void {
  forTypes(
    values,
    `return function (values, validity, filler) {
      const length = values.length;
      for (let b = 0; b < validity.length; b++) {
        const byte = validity[b];
        if (byte === 255) continue;
        const start = 8 * b, stop = Math.min(start + 8, length);
        for (let i = start; i < stop; i++) if ((byte >> (i & 7) & 1) === 0) values[i] = filler;
      }
    }`,
  )(values, validity, filler);
}

/** `out[i]` is `values[i]` where the bit is 1, `filler` where it is 0: by masks on the bits of the values, without a branch. */
export function presentLoop<V extends Values>(values: V, validity: Uint8Array, filler: number | bigint, out: V): void {
  const one = new (out.constructor as { new (length: number): V })(1);
  one[0] = filler as never;
  const [from, to, hidden] = [values, out, one].map(bitsOf);
  forTypes(
    from!,
    values.BYTES_PER_ELEMENT === 8
      ? `return function (values, validity, hidden, out) {
          const low = hidden[0], high = hidden[1];
          for (let i = 0; 2 * i < out.length; i++) {
            const shown = -((validity[i >> 3] >> (i & 7)) & 1);
            out[2 * i] = (values[2 * i] & shown) | (low & ~shown);
            out[2 * i + 1] = (values[2 * i + 1] & shown) | (high & ~shown);
          }
        }`
      : `return function (values, validity, hidden, out) {
          const filler = hidden[0];
          for (let i = 0; i < out.length; i++) {
            const shown = -((validity[i >> 3] >> (i & 7)) & 1);
            out[i] = (values[i] & shown) | (filler & ~shown);
          }
        }`,
  )(from, validity, hidden, to);
}

/** The same memory as integers, in halves for values of 64 bits. */
function bitsOf(values: Values): Int8Array | Int16Array | Int32Array {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size } = values;
  if (size === 1) return new Int8Array(buffer, byteOffset, byteLength);
  return size === 2
    ? new Int16Array(buffer, byteOffset, byteLength / 2)
    : new Int32Array(buffer, byteOffset, byteLength / 4);
}
