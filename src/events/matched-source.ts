import { type Direction, deltaR } from "../vector/index.ts";
import type { Cursor } from "./cursor.ts";
import { orderByKey } from "./order.ts";
import { call, codesOf, encode, type Lambda, place, type Slots, type Source } from "./source.ts";
import { codedSource } from "./stored-source.ts";

/**
 * Pairs of two lists by rising ΔR, each item in at most one pair, as far as `threshold`; in the order of the left list.
 * Cost: all pairs of the two lists are sorted.
 */
export function matchedPairs(left: Source, right: Source, threshold: number): Source {
  const slots: Slots = [left.slots![0]!, right.slots![0]!];
  const [leftCodes, rightCodes] = [codesOf(left), codesOf(right)];
  const distances = allDistances(slots, leftCodes, rightCodes);
  const order = new Int32Array(distances.length);
  orderByKey(distances, distances.length, order);
  const partner = new Int32Array(leftCodes.length).fill(-1);
  const taken = new Uint8Array(rightCodes.length);
  for (const k of order) {
    if (!(distances[k]! <= threshold)) continue;
    const [i, j] = [Math.floor(k / rightCodes.length), k % rightCodes.length];
    if (partner[i] !== -1 || taken[j] === 1) continue;
    partner[i] = j;
    taken[j] = 1;
  }
  const pairs = leftCodes.flatMap((code, i) => (partner[i] === -1 ? [] : [code, rightCodes[partner[i]!]!]));
  return codedSource(slots, Int32Array.from(pairs), 0, pairs.length / 2);
}

/** ΔR of every left item with every right one, left outermost. */
function allDistances(slots: Slots, leftCodes: readonly number[], rightCodes: readonly number[]): Float64Array {
  const [left, right] = slots.map((stores) => stores.map((store) => store.acquire()));
  const distances = new Float64Array(leftCodes.length * rightCodes.length);
  for (let i = 0, k = 0; i < leftCodes.length; i++)
    for (const code of rightCodes) {
      const a = place(leftCodes[i]!, left!) as unknown as Direction;
      distances[k++] = deltaR(a, place(code, right!) as unknown as Direction);
    }
  for (const cursor of [...left!, ...right!]) cursor.$store.release(cursor);
  return distances;
}

/** The codes of the items of a list by key, keys in the order in which they first appear. */
export function codesByKey(source: Source, key: Lambda): number[][] {
  const stores = source.slots![0]!;
  const groups = new Map<unknown, number[]>();
  const pass = source.open();
  while (pass.next()) {
    const value = call(key, pass.items);
    const code = encode(pass.items[0] as Cursor, stores);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [code]);
    else group.push(code);
  }
  pass.close();
  return [...groups.values()];
}
