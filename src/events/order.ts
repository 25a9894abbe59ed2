/**
 * Positions 0 to `n` by rising key, equals in their order, NaN first (as awkward sorts). Written into `order`, which has at
 * least `n` entries. Cost: insertion, since the lists of one event are short; above 32 entries the platform's stable sort.
 */
export function orderByKey(keys: ArrayLike<number>, n: number, order: Int32Array): void {
  for (let i = 0; i < n; i++) order[i] = i;
  if (n > 32) {
    order.set(Array.from(order.subarray(0, n)).sort((a, b) => compare(keys[a]!, keys[b]!) || a - b));
    return;
  }
  for (let i = 1; i < n; i++) {
    const key = keys[i]!;
    let j = i;
    for (; j > 0 && compare(keys[order[j - 1]!]!, key) > 0; j--) order[j] = order[j - 1]!;
    order[j] = i;
  }
}

function compare(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}
