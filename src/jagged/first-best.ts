import type { PrimitiveColumn } from "./column.ts";
import { foldLoop, type GroupLoop } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";
import { isBig } from "./slot-values.ts";

/** Beyond this length of a list the best value so far is seldom beaten, which can be predicted. */
const long = 64;

/** How the values of a kind of array become integers in their order, and where these may deceive. */
interface Keys {
  /** Defines `key` of slot `i`; may set bits of `wide`. */
  readonly key: string;
  /** Where KEY, the first or the best one of a list, may stand for NaN, or for different values that are equal. */
  readonly deceptive: { readonly first: string; readonly best: (comparison: ">" | "<") => string };
  /** Equal keys may stand for different values. */
  readonly coarse?: true;
  /** How the lists are searched where keys deceive: moves `best` over `first` to `end`. */
  readonly exactly: (comparison: ">" | "<") => string;
}

/** The bits of floats as integers in the order of the floats, but for the zeros, which are 0 and -1. */
const ordered = (bits: string): string => `const b = ${bits}; const key = b ^ ((b >> 31) & 0x7fffffff);`;
const values = (comparison: ">" | "<"): string =>
  `for (let i = first + 1; i < end; i++) if (@(i) ${comparison} @(best)) best = i;`;
const halves =
  (unsigned: boolean) =>
  (comparison: ">" | "<"): string => {
    const upper = unsigned ? "high(i) >>> 0" : "high(i)";
    return `
    let i = first, h = ${upper}, l = low(i) >>> 0;
    for (i++; i < end; i++) {
      const upper = ${upper}, lower = low(i) >>> 0;
      if (upper ${comparison} h || (upper === h && lower ${comparison} l)) { h = upper; l = lower; best = i; }
    }`;
  };

/** Of both zeros. */
const isZero = "((KEY + 1) >>> 0) <= 1";
const never = { first: "false", best: (): string => "false" };

const single: Keys = {
  key: ordered("bits(i)"),
  deceptive: {
    first: "(KEY ^ (KEY >> 31)) > 0x7f800000",
    best: (comparison) => `${comparison === ">" ? "KEY > 0x7f800000" : "KEY < -0x7f800001"} || ${isZero}`,
  },
  exactly: values,
};
const double: Keys = {
  key: ordered("high(i)"),
  deceptive: {
    first: "(KEY ^ (KEY >> 31)) >= 0x7ff00000",
    best: (comparison) => `${comparison === ">" ? "KEY >= 0x7ff00000" : "KEY <= -0x7ff00001"} || ${isZero}`,
  },
  coarse: true,
  exactly: values,
};
const integer: Keys = { key: "const key = @(i);", deceptive: never, exactly: values };
const signed: Keys = {
  key: "const key = low(i); wide |= high(i) ^ (key >> 31);",
  deceptive: never,
  exactly: halves(false),
};
const unsigned: Keys = { ...signed, key: "const key = low(i); wide |= high(i) | (key >> 31);", exactly: halves(true) };

/** In a short list the index moves without a branch: which element is the largest cannot be predicted. */
const search = ({ key, deceptive, coarse, exactly }: Keys, comparison: ">" | "<"): GroupLoop<Int32Array> =>
  foldLoop({
    before: `
      if (s === end) { out[g] = -1; continue; }
      const first = s;
      let best = s, wide = 0, ties = 0, most;
      { const i = s; ${key} most = key; }
      const unordered = ${deceptive.first.replaceAll("KEY", "most")};`,
    each: `
      ${key}
      ${coarse ? "ties |= ((key === most) | 0) & inside & ((first - i) >> 31);" : ""}
      best ^= (best ^ i) & -((key ${comparison} most) | 0);
      most = Math.${comparison === ">" ? "max" : "min"}(key, most);`,
    long: `
      if (end - s > ${long}) wide = 1;
      else for (let i = s; i < end; i++) {
        ${key}
        ${coarse ? "ties |= ((key === most) | 0) & ((first - i) >> 31);" : ""}
        best ^= (best ^ i) & -((key ${comparison} most) | 0);
        most = Math.${comparison === ">" ? "max" : "min"}(key, most);
      }
      s = end;`,
    after: `
      if (unordered || ${deceptive.best(comparison).replaceAll("KEY", "most")} || (wide | ties) !== 0) {
        best = first;
        ${exactly(comparison)}
      }
      out[g] = best - first;`,
  });

const both = (keys: Keys): readonly [GroupLoop<Int32Array>, GroupLoop<Int32Array>] => [
  search(keys, "<"),
  search(keys, ">"),
];
const searches = {
  single: both(single),
  double: both(double),
  integer: both(integer),
  signed: both(signed),
  unsigned: both(unsigned),
};

/**
 * The place within its group of the first of the largest (smallest) values of each group, -1 for empty ones. The search starts at the
 * first value and moves to strictly larger ones: NaN stays best where it comes first and is never chosen later on.
 * Cost: one pass; a second one over lists whose best values are equal in their upper halves, and of integers beyond 32 bits.
 */
export function firstBest(leaf: PrimitiveColumn, segments: Segments, upwards: boolean): Int32Array {
  const places = new Int32Array(segments.offsets.length - 1);
  const { dtype } = leaf;
  const kind = isBig(leaf.values)
    ? dtype === "int64"
      ? "signed"
      : "unsigned"
    : dtype === "float32"
      ? "single"
      : dtype === "float64"
        ? "double"
        : "integer";
  return searches[kind][upwards ? 1 : 0](leaf, segments, places);
}
