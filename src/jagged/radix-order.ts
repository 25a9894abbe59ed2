/** Bits of a digit: the counts of its values stay in the nearest cache. */
const bits = 11;
const digits = 1 << bits;

/**
 * The places of `keys` from `start` to `stop` in the order of the values: NaN first, equal ones (as the zeros are) as they
 * stand. Cost: some passes over all, as many as the digits that differ: 3 where the values are float32, up to 6.
 */
export function radixOrder(keys: Float64Array, start: number, stop: number): Int32Array {
  const length = stop - start;
  const order = new Int32Array(length);
  const [low, high] = [new Int32Array(length), new Int32Array(length)];
  const value = new Float64Array(1);
  const words = new Int32Array(value.buffer);
  for (let i = 0; i < length; i++) {
    order[i] = i;
    const key = keys[start + i]!;
    // biome-ignore lint/suspicious/noSelfCompare: the fastest test for NaN, whose words stay 0
    if (key !== key) continue;
    value[0] = key + 0; // one zero for both
    const sign = words[1]! >> 31;
    low[i] = words[0]! ^ sign;
    high[i] = words[1]! ^ (sign | -2147483648);
  }
  byWord(low, order);
  byWord(high, order);
  for (let i = 0; i < length; i++) order[i]! += start;
  return order;
}

/** Orders the places stably by the words there, taken as unsigned. */
function byWord(words: Int32Array, order: Int32Array): void {
  const { length } = order;
  let [keys, places]: [Int32Array, Int32Array] = [new Int32Array(length), order];
  for (let i = 0; i < length; i++) keys[i] = words[order[i]!]!;
  let [nextKeys, nextPlaces]: [Int32Array, Int32Array] = [new Int32Array(length), new Int32Array(length)];
  for (let shift = 0; shift < 32; shift += bits) {
    const ends = digitCounts(keys, shift);
    if (ends[(keys[0]! >>> shift) & (digits - 1)] === length) continue;
    for (let digit = 0, at = 0; digit < digits; digit++) {
      const count = ends[digit]!;
      ends[digit] = at;
      at += count;
    }
    for (let i = 0; i < length; i++) {
      const key = keys[i]!;
      const at = ends[(key >>> shift) & (digits - 1)]!++;
      nextKeys[at] = key;
      nextPlaces[at] = places[i]!;
    }
    [keys, nextKeys] = [nextKeys, keys];
    [places, nextPlaces] = [nextPlaces, places];
  }
  if (places !== order) order.set(places);
}

function digitCounts(keys: Int32Array, shift: number): Int32Array {
  const counts = new Int32Array(digits);
  for (let i = 0; i < keys.length; i++) counts[(keys[i]! >>> shift) & (digits - 1)]!++;
  return counts;
}
