import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axis, Hist, len, loc, overflow, range, rebin, type Selection, sum, underflow } from "../../src/hist/index.ts";

const mass = axis.regular(10, 0, 100, { name: "mass" });
const hist = Hist.of(axis.category("dataset"), mass, axis.boolean({ name: "tight" }), { storage: "weight" });
hist.fill({ dataset: ["a", "a", "b", "b"], mass: [15, 25, 15, 500], tight: [true, false, true, true] });

test("parts by name", () => {
  const part = hist.at({ mass: range(loc(20), loc(60)), dataset: "a", tight: sum });
  expect(part.axes).toMatchObject([{ name: "mass", bins: 4, start: 20, stop: 60 }]);
  expect([...part.values({ flow: true })]).toEqual([1, 1, 0, 0, 0, 0]);
  expect(hist.at({ mass: rebin(5), tight: true, dataset: sum }).values({ flow: true })).toEqual(
    Float64Array.of(0, 2, 0, 1),
  );
  expect(hist.at({ dataset: ["b"] }).sum({ flow: true })).toBe(2);
  expect(hist.at({})).toStrictEqual(hist);
});

test("one bin", () => {
  expect(hist.bin({ dataset: "a", mass: loc(15), tight: true })).toEqual({ value: 1, variance: 1 });
  expect(hist.bin([1, overflow, loc(true)])).toEqual({ value: 1, variance: 1 });
  expect(hist.bin([sum, range(0, len, sum), sum])).toEqual({ value: 3, variance: 3 });
});

test("what a range cuts off is kept: nothing is lost but where there is no flow bin", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 4 }),
      (a, b, by) => {
        fc.pre(a + by <= b);
        for (const part of [range(a, b), range(a, b, rebin(by)), range(undefined, b), range(a)])
          expect(hist.at({ mass: part }).sum({ flow: true })).toBe(4);
        const inside = hist
          .at({ mass: range(a, b) })
          .project("mass")
          .sum();
        expect(hist.at({ mass: range(a, b, sum) }).sum({ flow: true })).toBe(inside);
      },
    ),
  ));

describe("what is not there", () => {
  const cases: [string, Selection, string][] = [
    ["an axis", { masss: 1 }, 'no axis "masss". Nearest: mass'],
    ["a category", { dataset: "c" }, '"c" is no category of axis "dataset"'],
    ["a bin", { mass: 10 }, 'Axis "mass" has no bin 10: it has the bins 0 to 9 and underflow and overflow.'],
    [
      "a flow bin",
      { tight: underflow },
      'Axis "tight" has no bin "underflow": it has the bins 0 to 1 and no flow bins.',
    ],
    ["half a bin", { mass: 1.5 }, "loc(1.5)"],
    ["a value that is no number", { mass: "a" }, '"a" is no value of axis "mass"'],
    ["an empty range", { mass: range(3, 3) }, "holds no bins"],
    ["too few choices", [1], "3 axes, but 1 choices"],
    ["merged categories", { dataset: rebin(2) }, "they are categories"],
    ["part of a boolean axis", { tight: range(0, 1) }, "choose true or false"],
    ["categories of numbers", { mass: [1, 2] }, 'A list picks categories, and axis "mass" has none'],
    ["a category twice", { dataset: ["a", "a"] }, "picked twice"],
    ["no category", { dataset: [] }, "No category"],
    ["groups that do not fit", { mass: rebin({ groups: [1, 2] }) }, "are 3 in all"],
    ["an edge", { mass: rebin({ edges: [0, 55, 100] }) }, "55 is no edge"],
    ["groups of no bins", { mass: rebin({ groups: [0, 10] }) }, "whole numbers from 1"],
  ];
  test.each(cases)("%s", (_, selection, message) => {
    expect(() => hist.at(selection)).toThrow(
      expect.objectContaining({ kind: "UsageError", message: expect.stringContaining(message) }),
    );
  });

  test("one bin of more than one", () => {
    expect(() => hist.bin({ dataset: "a" })).toThrow('axis "mass" is left');
    expect(() => rebin(0)).toThrow("positive whole number");
    expect(() => loc(1, 0.5)).toThrow("whole bins");
    expect(() => hist.project("mass", "mass")).toThrow("named twice");
    expect(() => hist.profile("dataset")).toThrow("categories");
    expect(() => hist.sort("mass")).toThrow("no categories");
    expect(() => hist.scale([1, 2])).toThrow("2 factors");
  });
});
