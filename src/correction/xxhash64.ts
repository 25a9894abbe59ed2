import { add, multiply, rotateLeft, word, xorShiftRight } from "./words.ts";

/** The five primes of the XXH64 specification, in halves. */
const primes = [
  [0x9e3779b1, 0x85ebca87],
  [0xc2b2ae3d, 0x27d4eb4f],
  [0x165667b1, 0x9e3779f9],
  [0x85ebca77, 0xc2b2ae63],
  [0x27d4eb2f, 0x165667c5],
] as const;
const [p1, p2, p3, p4, p5] = primes;

/**
 * XXH64 with seed 0 of `count` 64-bit words, each as its low and its high half in `halves`. The hash is in `word` afterwards.
 * Source: the XXH64 specification of Y. Collet.
 */
export function xxhash64(halves: Uint32Array, count: number): void {
  let at = 0;
  if (count < 4) setWord(p5);
  else {
    add(...p1, ...p2);
    const accumulators = [[word.high, word.low], [...p2], [0, 0], negated(p1)];
    for (; at + 4 <= count; at += 4)
      for (let lane = 0; lane < 4; lane++) {
        const [high, low] = accumulators[lane]!;
        accumulators[lane] = round(high!, low!, halves[2 * (at + lane) + 1]!, halves[2 * (at + lane)]!);
      }
    word.high = 0;
    word.low = 0;
    [1, 7, 12, 18].forEach((by, lane) => {
      const [sumHigh, sumLow] = [word.high, word.low];
      rotateLeft(accumulators[lane]![0]!, accumulators[lane]![1]!, by);
      add(sumHigh, sumLow, word.high, word.low);
    });
    for (const [high, low] of accumulators) {
      const [hashHigh, hashLow] = [word.high, word.low];
      const [mixedHigh, mixedLow] = round(0, 0, high!, low!);
      multiply((hashHigh ^ mixedHigh!) >>> 0, (hashLow ^ mixedLow!) >>> 0, ...p1);
      add(word.high, word.low, ...p4);
    }
  }
  add(word.high, word.low, 0, 8 * count);
  for (; at < count; at++) {
    const [hashHigh, hashLow] = [word.high, word.low];
    const [high, low] = round(0, 0, halves[2 * at + 1]!, halves[2 * at]!);
    rotateLeft(hashHigh ^ high!, hashLow ^ low!, 27);
    multiply(word.high, word.low, ...p1);
    add(word.high, word.low, ...p4);
  }
  xorShiftRight(word.high, word.low, 33);
  multiply(word.high, word.low, ...p2);
  xorShiftRight(word.high, word.low, 29);
  multiply(word.high, word.low, ...p3);
  xorShiftRight(word.high, word.low, 32);
}

function round(high: number, low: number, inputHigh: number, inputLow: number): number[] {
  multiply(inputHigh, inputLow, ...p2);
  add(high, low, word.high, word.low);
  rotateLeft(word.high, word.low, 31);
  multiply(word.high, word.low, ...p1);
  return [word.high, word.low];
}

function setWord([high, low]: readonly [number, number]): void {
  word.high = high;
  word.low = low;
}

function negated([high, low]: readonly [number, number]): number[] {
  add(~high >>> 0, ~low >>> 0, 0, 1);
  return [word.high, word.low];
}
