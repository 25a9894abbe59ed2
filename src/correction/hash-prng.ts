import type { Distribution } from "./content.ts";
import { add, multiply, word } from "./words.ts";
import { xxhash64 } from "./xxhash64.ts";

/** One generator, seeded anew for every number: PCG XSH-RR 64/32 of M. O'Neill with its default increment. */
const state = { high: 0, low: 0 };

function step(): void {
  multiply(state.high, state.low, 0x5851f42d, 0x4c957f2d);
  add(word.high, word.low, 0x14057b7e, 0xf767814f);
  state.high = word.high;
  state.low = word.low;
}

function seed(high: number, low: number): void {
  add(high, low, 0x14057b7e, 0xf767814f);
  state.high = word.high;
  state.low = word.low;
  step();
}

/** 32 random bits. */
function next(): number {
  const { high, low } = state;
  step();
  const shiftedLow = (low >>> 18) | (high << 14);
  const shiftedHigh = high >>> 18;
  const [mixedHigh, mixedLow] = [shiftedHigh ^ high, shiftedLow ^ low];
  const value = ((mixedLow >>> 27) | (mixedHigh << 5)) >>> 0;
  const turn = high >>> 27;
  return ((value >>> turn) | (value << (-turn & 31))) >>> 0;
}

/** Uniform in [0, 1): two draws, the first of lower weight, as the standard library of GNU C++ makes a double. */
function canonical(): number {
  const low = next();
  const value = (low + next() * 2 ** 32) / 2 ** 64;
  return value < 1 ? value : 1 - 2 ** -53;
}

const distributions: { readonly [D in Distribution]: () => number } = {
  stdflat: canonical,
  stdnormal() {
    for (;;) {
      const x = 2 * canonical() - 1;
      const y = 2 * canonical() - 1;
      const square = x * x + y * y;
      if (square <= 1 && square !== 0) return y * Math.sqrt((-2 * Math.log(square)) / square);
    }
  },
  normal() {
    for (;;) {
      const u = next() / 2147483648 - 1;
      const v = next() / 2147483648 - 1;
      const square = u * u + v * v;
      if (square < 1 && square !== 0) return u * Math.sqrt((-2 * Math.log(square)) / square);
    }
  },
};

const most = 64;
const halves = new Uint32Array(2 * most);
const reals = new Float64Array(halves.buffer);
const integers = new BigInt64Array(halves.buffer);

/**
 * A function that gives the random number of some inputs: the same inputs, the same number, to the bit that of correctionlib. `integer`
 * tells which inputs are hashed as 64-bit integers (numbers or bigints), the others are hashed as doubles.
 */
export function hashPrng(
  distribution: Distribution,
  integer: readonly boolean[],
): (...inputs: (number | bigint)[]) => number {
  const draw = distributions[distribution];
  const count = integer.length;
  return (...inputs) => {
    for (let i = 0; i < count; i++) {
      const input = inputs[i]!;
      if (!integer[i]) reals[i] = input as number;
      else if (typeof input === "bigint") integers[i] = input;
      else {
        halves[2 * i] = input >>> 0;
        halves[2 * i + 1] = Math.floor(input / 4294967296) >>> 0;
      }
    }
    xxhash64(halves, count);
    seed(word.high, word.low);
    return draw();
  };
}
