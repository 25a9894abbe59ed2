/** Arithmetic modulo 2⁶⁴ on numbers in two halves of 32 bits: what the hash and the generator need, without a bigint for each step. */

/** The result of the last operation. One object, reused: copy the halves before the next operation. */
export const word: { low: number; high: number } = { low: 0, high: 0 };

export function multiply(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  const [a0, a1] = [aLow & 0xffff, aLow >>> 16];
  const [b0, b1] = [bLow & 0xffff, bLow >>> 16];
  const p00 = a0 * b0;
  const p01 = a0 * b1;
  const p10 = a1 * b0;
  const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  const carry = a1 * b1 + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16);
  word.low = ((middle << 16) | (p00 & 0xffff)) >>> 0;
  word.high = (carry + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) >>> 0;
}

export function add(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  const low = (aLow >>> 0) + (bLow >>> 0);
  word.low = low >>> 0;
  word.high = (aHigh + bHigh + (low > 0xffffffff ? 1 : 0)) >>> 0;
}

export function rotateLeft(high: number, low: number, by: number): void {
  if (by >= 32) {
    [high, low] = [low, high];
    by -= 32;
  }
  if (by === 0) {
    word.high = high >>> 0;
    word.low = low >>> 0;
    return;
  }
  word.high = ((high << by) | (low >>> (32 - by))) >>> 0;
  word.low = ((low << by) | (high >>> (32 - by))) >>> 0;
}

/** The exclusive or with itself shifted right by `by` < 64 bits. */
export function xorShiftRight(high: number, low: number, by: number): void {
  if (by >= 32) {
    word.low = (low ^ (high >>> (by - 32))) >>> 0;
    word.high = high >>> 0;
    return;
  }
  word.low = (low ^ ((low >>> by) | (high << (32 - by)))) >>> 0;
  word.high = (high ^ (high >>> by)) >>> 0;
}
