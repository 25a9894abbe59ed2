import { describe, expect, test } from "vitest";
import {
  defaultdictAccumulator,
  dictAccumulator,
  listAccumulator,
  mergeAll,
  setAccumulator,
  valueAccumulator,
} from "../../src/accumulator/index.ts";

/** What a driver has of a worker's result. */
const there = <T>(value: T): T => structuredClone(value);

describe("containers by coffea's names", () => {
  test("a default is made when a key is asked for, and counts once", () => {
    const chunk = (names: readonly string[]): Map<string, number> => {
      const counts = defaultdictAccumulator<string, number>(() => 2);
      for (const name of names) counts.set(name, counts.get(name) + 1);
      return counts;
    };
    expect(chunk(["a", "a"]).get("a")).toBe(4);
    expect(mergeAll([there(chunk(["a"])), chunk(["a", "b"]), chunk([])], {})).toEqual(
      new Map([
        ["a", 6],
        ["b", 3],
      ]),
    );
    const lists = defaultdictAccumulator<string, number[]>(() => []);
    lists.get("x").push(1);
    expect([...lists]).toEqual([["x", [1]]]);
    expect(defaultdictAccumulator(() => 0, [["a", 1]]).get("a")).toBe(1);
  });

  test("a value adds by its kind", () => {
    const n = valueAccumulator(() => 0);
    n.value += 3;
    expect(mergeAll([there(n), valueAccumulator(() => 0, 4)], {})).toEqual({ value: 7 });
    expect(mergeAll([valueAccumulator(() => [1]), valueAccumulator(() => [2])], {})).toEqual({ value: [1, 2] });
  });

  test("lists, sets and records are those of JavaScript, and copies of what they are made of", () => {
    const items = [1, 2];
    const [list, set] = [listAccumulator(items), setAccumulator(items)];
    expect([list, set]).toEqual([[1, 2], new Set([1, 2])]);
    list.push(3);
    expect(items).toEqual([1, 2]);
    const record = { a: 1 };
    const copy = dictAccumulator<number>(record);
    copy["b"] = 2;
    expect([record, mergeAll([copy, { a: 5 }], {})]).toEqual([{ a: 1 }, { a: 6, b: 2 }]);
    expect([listAccumulator(), setAccumulator(), dictAccumulator()]).toEqual([[], new Set(), {}]);
  });
});
