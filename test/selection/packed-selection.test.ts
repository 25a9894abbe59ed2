import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { and, fromList, invert, or, toList } from "../../src/jagged/index.ts";
import { type EventMask, PackedSelection, type SelectionType } from "../../src/selection/index.ts";

const masks = fc
  .tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 1, max: 64 }))
  .chain(([size, count]) =>
    fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), { minLength: count, maxLength: count }),
  );
const packed = (all: readonly (readonly boolean[])[], dtype: SelectionType = "uint64"): PackedSelection =>
  new PackedSelection({ dtype }).addMultiple(Object.fromEntries(all.map((mask, k) => [`m${k}`, mask])));

describe("masks", () => {
  test("the ten events of the specification", () => {
    const n = Array.from({ length: 10 }, (_, i) => i);
    const selection = new PackedSelection().addMultiple({
      three: n.map((i) => i % 3 === 0),
      five: n.map((i) => i % 5 === 0),
    });
    const where = (mask: ReturnType<PackedSelection["all"]>): number[] => n.filter((i) => mask.values[i] === 1);
    expect(where(selection.all())).toEqual([0]);
    expect(where(selection.any("three", "five"))).toEqual([0, 3, 5, 6, 9]);
    expect(where(selection.allfalse())).toEqual([1, 2, 4, 7, 8]);
    expect(where(selection.require({ three: true, five: false }))).toEqual([3, 6, 9]);
  });

  test("up to 64 of them answer as the columns they were made of", () =>
    fc.assert(
      fc.property(masks, fc.infiniteStream(fc.boolean()), (all, choose) => {
        const selection = packed(all);
        const chosen = selection.names.filter(() => choose.next().value);
        const columns = all.filter((_, k) => chosen.includes(`m${k}`)).map((mask) => fromList(mask, "bool"));
        if (chosen.length === 0) return;
        expect(toList(selection.all(...chosen))).toEqual(toList(columns.reduce((a, b) => and(a, b) as never)));
        const any = columns.reduce((a, b) => or(a, b) as never);
        expect(toList(selection.any(...chosen))).toEqual(toList(any));
        expect(toList(selection.allfalse(...chosen))).toEqual(toList(invert(any) as never));
        const wanted = Object.fromEntries(chosen.map((name, k) => [name, k % 2 === 0]));
        const required = columns.map((mask, k) => (k % 2 === 0 ? mask : (invert(mask) as never)));
        expect(toList(selection.require(wanted))).toEqual(toList(required.reduce((a, b) => and(a, b) as never)));
      }),
    ));

  test("what comes out belongs to who asked", () => {
    const given = fromList([true, false, true], "bool");
    const selection = new PackedSelection().add("a", given);
    selection.all("a").values.fill(0);
    expect(toList(selection.all("a"))).toEqual([true, false, true]);
    expect(toList(given)).toEqual([true, false, true]);
  });

  test("a missing value is false unless told", () => {
    const mask = fromList([true, null, false], "?bool");
    const selection = new PackedSelection().add("no", mask).add("yes", mask, true);
    expect([toList(selection.all("no")), toList(selection.all("yes"))]).toEqual([
      [true, false, false],
      [true, true, false],
    ]);
  });
});

test("of no events any column will do: nothing says what it holds", () => {
  const selection = new PackedSelection().add("a", fromList([])).add("b", fromList([], "var * bool"));
  expect(selection.all().length).toBe(0);
  expect(selection.cutflow("a", "b").result().nevcutflow).toEqual([0, 0, 0]);
});

describe("mistakes", () => {
  const lazy = (alignment: object): EventMask => ({ alignment, toColumn: () => fromList([true, false], "bool") });
  const events = {};
  const selection = (): PackedSelection => new PackedSelection().add("trigger", lazy(events)).add("jets", [true, true]);
  const cases: [string, () => unknown, string][] = [
    ["a name twice", () => selection().add("jets", [true, true]), 'there is a mask "jets" already'],
    ["another length", () => selection().add("b", [true]), 'the mask "b" has 1 values for 2 events'],
    ["other events", () => selection().add("b", lazy({})), 'the mask "b" is of other events'],
    ["numbers", () => selection().add("b", [1, 0] as never), 'the mask "b" must be boolean, not 1 at 0'],
    ["a column of numbers", () => selection().add("b", fromList([1, 0])), "must be boolean, not float64"],
    ["lists", () => selection().add("b", fromList([[true], []])), "is var * bool, not one value for each event"],
    ["an unknown name", () => selection().all("triger"), 'there is no mask "triger". Nearest: trigger'],
    ["an unknown name of N-1", () => selection().nminusone("triger"), "Nearest: trigger"],
    ["one mask too many", () => packed(Array(17).fill([true]), "uint16"), 'no room for the mask "m16": 16 are all'],
    ["a dtype that is none", () => new PackedSelection({ dtype: "int8" as never }), "uint16, uint32, uint64, not int8"],
    ["no masks", () => new PackedSelection().all(), "the selection has no masks"],
    [
      "a requirement that is no boolean",
      () => selection().require({ jets: 1 as never }),
      '"jets" must be true or false',
    ],
    ["a cutflow without cuts", () => selection().cutflow(), "name the cuts"],
    ["a cut twice", () => selection().cutflow("jets", "jets"), '"jets" is named twice'],
  ];
  test.each(cases)("%s", (_, wrong, message) => expect(wrong).toThrow(message));

  test("a refused mask leaves everything as it was", () => {
    const empty = new PackedSelection();
    expect(() => empty.add("a", fromList([1, 2, 3]))).toThrow("must be boolean");
    expect(toList(empty.add("a", [true]).all())).toEqual([true]);
  });
});
