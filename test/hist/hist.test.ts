import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { merge, mergeAll, revive } from "../../src/accumulator/index.ts";
import { type Axis, axis, centers, Hist, histAddition, widths } from "../../src/hist/index.ts";

const table = { hist: histAddition };
const met = (): Hist => Hist.of(axis.category("dataset"), axis.regular(4, 0, 8, { name: "MET", label: "MET [GeV]" }));

describe("axes", () => {
  const bad: [string, () => unknown, string][] = [
    ["no bins", () => axis.regular(0, 0, 1), "at least one bin, not 0"],
    ["half a bin", () => axis.regular(1.5, 0, 1), "not 1.5"],
    ["an empty range", () => axis.regular(1, 2, 2), "from 2 to 2"],
    ["an infinite range", () => axis.regular(1, 0, Infinity), "from 0 to Infinity"],
    ["one edge", () => axis.variable([1]), "at least two edges"],
    ["edges that fall", () => axis.variable([0, 2, 1]), "must increase: edge 2, 1, follows 2"],
    ["a logarithm of negative edges", () => axis.regular(4, -1, 10, { transform: "log" }), "log"],
    ["edges that do not increase", () => axis.variable([0, 2, 2]), "edge 2, 2, follows 2"],
    ["an edge that is no number", () => axis.variable([0, Number.NaN]), "Edge 1 of a variable axis is NaN"],
    ["no integers", () => axis.integer(0.5, 2), "from 0.5 to 2"],
    ["no range of integers", () => axis.integer(2, 2), "from 2 to 2"],
    ["a category twice", () => axis.category("d", { categories: ["a", "b", "a"] }), '"a" is given twice'],
    ["a category that is no integer", () => axis.intCategory("d", { categories: [1, 1.5] }), "1.5"],
    ["the name weight", () => axis.regular(1, 0, 1, { name: "weight" }), 'cannot be called "weight"'],
    [
      "one name twice",
      () => Hist.of(axis.category("x"), axis.regular(1, 0, 1, { name: "x" })),
      'Two axes are called "x"',
    ],
  ];
  test.each(bad)("%s is refused", (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ kind: "UsageError", message: expect.stringContaining(message) }));
  });

  test("edges, centers, widths", () => {
    const a = axis.regular(6, -2, 4);
    expect([...a.edges]).toEqual([-2, -1, -2.220446049250313e-16, 1, 1.9999999999999998, 3, 4]);
    expect([...centers(axis.variable([0, 1, 4]))]).toEqual([0.5, 2.5]);
    expect([...widths(axis.variable([0, 1, 4]))]).toEqual([1, 3]);
    expect([...axis.integer(-1, 2).edges]).toEqual([-1, 0, 1, 2]);
  });

  test("flow options", () => {
    expect(axis.regular(1, 0, 1)).toMatchObject({ underflow: true, overflow: true });
    expect(axis.regular(1, 0, 1, { flow: false })).toMatchObject({ underflow: false, overflow: false });
    expect(axis.variable([0, 1], { flow: false, overflow: true })).toMatchObject({ underflow: false, overflow: true });
    expect(axis.category("d")).toMatchObject({ growth: true, overflow: false });
    expect(axis.category("d", { categories: ["a"] })).toMatchObject({ growth: false, overflow: true });
    expect(axis.category("d", { categories: ["a"], flow: false })).toMatchObject({ growth: false, overflow: false });
    expect(axis.category("d", { categories: ["a"], growth: true })).toMatchObject({ growth: true, overflow: false });
  });
});

describe("contents", () => {
  test("values, variances and sums with and without flow", () => {
    const hist = Hist.of(axis.regular(2, 0, 2, { name: "x" }), { storage: "weight" });
    hist.fill({ x: [-1, 0, 1, 1, 5], weight: [1, 2, 3, 4, 5] });
    expect([...hist.values()]).toEqual([2, 7]);
    expect([...hist.values({ flow: true })]).toEqual([1, 2, 7, 5]);
    expect([...(hist.variances({ flow: true }) ?? [])]).toEqual([1, 4, 25, 25]);
    expect([hist.sum(), hist.sum({ flow: true }), hist.sumVariance()]).toEqual([9, 15, 29]);
    expect([hist.shape(), hist.shape({ flow: true })]).toEqual([[2], [4]]);
  });

  test("variances of a double storage are known until it is filled with weights", () => {
    const hist = Hist.of(axis.regular(1, 0, 1, { name: "x" })).fill({ x: [0.5, 0.5] });
    expect([...(hist.variances() ?? [])]).toEqual([2]);
    hist.fill({ x: 0.5, weight: 2 });
    expect([hist.variances(), hist.sumVariance()]).toEqual([undefined, undefined]);
    expect(hist.add(Hist.of(axis.regular(1, 0, 1, { name: "x" }))).variances()).toBeUndefined();
  });

  test("values are copies", () => {
    const hist = met().fill({ dataset: "a", MET: 1 });
    hist.values({ flow: true }).fill(9);
    hist.values().fill(9);
    expect(hist.sum({ flow: true })).toBe(1);
  });

  test("sums keep what rounding would lose", () => {
    const hist = Hist.of(axis.integer(0, 4, { name: "n" })).fill({ n: [0, 1, 2, 3], weight: [1, 1e100, 1, -1e100] });
    expect(hist.sum()).toBe(2);
  });

  test("one line on a console", () => {
    expect(inspect(met().fill({ dataset: "a", MET: [1, 99] }))).toBe(
      'Hist(dataset: category("a", growing), MET: regular(4, 0, 8), double; sum 1, with flow 2)',
    );
  });
});

describe("crossing a thread", () => {
  test("a structured clone keeps everything but the methods, which Hist.from gives back", () => {
    const hist = met().fill({ dataset: "ttbar", MET: [1, 2, 3] });
    const data = structuredClone(hist);
    expect(data).not.toBeInstanceOf(Hist);
    expect(Hist.from(data)).toStrictEqual(hist);
    expect(revive({ deep: [structuredClone(hist)] }, table).deep[0]?.sum()).toBe(3);
    expect(Hist.from(hist)).toBe(hist);
  });
});

describe("addition", () => {
  test("in results, from other threads, by key; a sum shares nothing with its items", () => {
    const result = (dataset: string): { met: Hist; n: number } => ({ met: met().fill({ dataset, MET: [1, 7] }), n: 1 });
    const [a, b] = [result("ttbar"), structuredClone(result("wjets"))];
    const sum = merge(a, b, table);
    expect(sum.met.axes[0]).toMatchObject({ categories: ["ttbar", "wjets"] });
    expect([...sum.met.values()]).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
    sum.met.fill({ dataset: "ttbar", MET: 1 });
    const one = mergeAll([a], table);
    one?.met.fill({ dataset: "ttbar", MET: 1 });
    expect([...a.met.values()]).toEqual([1, 0, 0, 1]);
    expect(a.met.copy().fill({ dataset: "x", MET: 1 }).sum()).toBe(3);
    expect(a.met.sum()).toBe(2);
  });

  test("the sum has the flow bins of both", () => {
    const over = Hist.of(axis.regular(2, 0, 2, { name: "x", underflow: false })).fill({ x: [-1, 0.5, 9] });
    const under = Hist.of(axis.regular(2, 0, 2, { name: "x", overflow: false })).fill({ x: [-1, 0.5, 9] });
    for (const sum of [over.add(under), under.add(over)]) expect([...sum.values({ flow: true })]).toEqual([1, 2, 0, 1]);
  });

  const x = { name: "x" };
  const one = (a: Axis): Hist => Hist.of(a);
  const cases: [string, Hist, Hist, string, string][] = [
    [
      "ranges",
      one(axis.regular(4, 0, 8, x)),
      one(axis.regular(4, 0, 9, x)),
      "AxisMismatch",
      'axis "x" is regular(4, 0, 8) and regular(4, 0, 9)',
    ],
    [
      "kinds",
      one(axis.regular(4, 0, 4, x)),
      one(axis.integer(0, 4, x)),
      "AxisMismatch",
      "regular(4, 0, 4) and integer(0, 4)",
    ],
    [
      "edges",
      one(axis.variable([0, 1, 2])),
      one(axis.variable([0, 1, 3])),
      "AxisMismatch",
      "edge 2 of axis 0 is 2 and 3",
    ],
    [
      "numbers of edges",
      one(axis.variable([0, 1, 2], x)),
      one(axis.variable([0, 2], x)),
      "AxisMismatch",
      'axis "x" has 2 and 1 bins',
    ],
    [
      "ends",
      one(axis.variable([0, 1, 2], x)),
      one(axis.variable([0, 1, 2], { ...x, circular: true })),
      "AxisMismatch",
      "variable(0, 1, 2) and variable(0, 1, 2, circular)",
    ],
    [
      "names",
      one(axis.regular(4, 0, 8, x)),
      one(axis.regular(4, 0, 8, { name: "y" })),
      "AxisMismatch",
      'axis "x" and axis "y"',
    ],
    [
      "labels",
      one(axis.regular(4, 0, 8, { label: "a" })),
      one(axis.regular(4, 0, 8, { label: "b" })),
      "AxisMismatch",
      'the labels "a" and "b"',
    ],
    [
      "categories",
      one(axis.category("x", { categories: ["a"] })),
      one(axis.category("x", { categories: ["b"] })),
      "AxisMismatch",
      'category("a") and category("b")',
    ],
    [
      "growth",
      one(axis.category("x", { categories: ["a"] })),
      one(axis.category("x")),
      "AxisMismatch",
      'category("a") and category(growing)',
    ],
    ["numbers of axes", one(axis.regular(4, 0, 8)), met(), "AxisMismatch", "1 and 2 axes"],
    [
      "storages",
      one(axis.regular(4, 0, 8)),
      Hist.of(axis.regular(4, 0, 8), { storage: "weight" }),
      "StorageMismatch",
      "double and weight",
    ],
  ];
  test.each(cases)("other %s do not add", (_, a, b, code, message) => {
    expect(() => merge({ hists: { met: a } }, { hists: { met: b } }, table)).toThrow(
      expect.objectContaining({
        kind: "MergeError",
        fields: { code, path: ["hists", "met"] },
        message: expect.stringContaining(message),
      }),
    );
    expect(() => a.add(b)).toThrow(expect.objectContaining({ fields: { code, path: [] } }));
  });
});
