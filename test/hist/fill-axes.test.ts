import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Axis, axis, type CategoryAxis, centers, Hist, type NumericAxis } from "../../src/hist/index.ts";
import { fromList } from "../../src/jagged/index.ts";

const odd = [Number.NaN, Infinity, -Infinity, -0, 0, 1, 2, 0.1, 0.3, 5e-324, -1, 8, 7.999];
const value = fc.oneof(fc.constantFrom(...odd), fc.double({ min: -9, max: 20 }), fc.integer({ min: -9, max: 20 }));
const kept = (hist: Hist): number => hist.sum({ flow: true });

/** The bin of `x` in words of the definition, on axes that stay as they are: -1 is underflow, `bins` overflow. */
const definitions: [string, NumericAxis, (x: number) => number][] = [
  ["log", axis.regular(4, 1, 16, { transform: "log" }), (x) => scaled(Math.log(x), Math.log(16), 4)],
  ["sqrt", axis.regular(3, 0, 9, { transform: "sqrt" }), (x) => scaled(Math.sqrt(x), 3, 3)],
  ["pow", axis.regular(3, 0, 3, { transform: { pow: 2 } }), (x) => scaled(x ** 2, 9, 3)],
  ["circular", axis.regular(4, 0, 8, { circular: true }), (x) => turned(x, 8, 2)],
  ["circular integers", axis.integer(0, 3, { circular: true }), (x) => turned(Math.floor(x), 3, 1)],
];

function scaled(transformed: number, top: number, bins: number): number {
  const z = transformed / top;
  if (z < 0) return -1;
  return z < 1 ? Math.floor(z * bins) : bins;
}

function turned(x: number, period: number, width: number): number {
  if (!Number.isFinite(x)) return period / width;
  return Math.floor((((x % period) + period) % period) / width);
}

describe("a fill equals a naive loop", () => {
  test.each(definitions)("%s axis", (_, a, binOf) =>
    fc.assert(
      fc.property(fc.array(value, { maxLength: 50 }), (xs) => {
        const hist = Hist.of(a, { storage: "weight" }).fill([xs], { weight: xs.map((_x, i) => i + 1) });
        const expected = new Float64Array(a.bins + 2);
        for (const [i, x] of xs.entries()) expected[binOf(x) + 1]! += i + 1;
        const all = hist.values({ flow: true });
        const found = new Float64Array(a.bins + 2);
        found.set(all, a.underflow ? 0 : 1);
        if (!a.overflow) expected[a.bins + 1] = 0;
        expect(found).toEqual(expected);
      }),
    ));

  test("boolean axis, from arrays and columns", () => {
    const hist = Hist.of(axis.boolean({ name: "tight" }));
    hist
      .fill({ tight: [true, false, true] })
      .fill({ tight: fromList([[true], [], [false, true]]) })
      .fill({ tight: 1 });
    expect([...hist.values()]).toEqual([2, 5]);
    for (const tight of [2, [0, 3], Number.NaN]) expect(() => hist.fill({ tight })).toThrow("only with true and false");
    expect(hist.sum()).toBe(7);
  });
});

describe("axes that grow", () => {
  const make: [string, Axis][] = [
    ["regular", axis.regular(4, 0, 1, { name: "x", growth: true })],
    ["variable", axis.variable([0, 0.5, 2], { name: "x", growth: true })],
    ["integer", axis.integer(0, 2, { name: "x", growth: true })],
  ];

  test.each(make)("%s: every finite value has a bin that holds it, and nothing is lost", (_, a) =>
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 4 }), (chunks) => {
        const hist = Hist.of(a);
        for (const xs of chunks) hist.fill([xs]);
        const xs = chunks.flat();
        const grown = hist.axes[0] as NumericAxis;
        const finite = xs.filter(Number.isFinite);
        expect(hist.sum()).toBe(finite.length);
        if (a.overflow) expect(kept(hist)).toBe(xs.length);
        for (const x of finite) {
          expect(grown.edges[0]!).toBeLessThanOrEqual(x + 1e-9);
          expect(grown.edges.at(-1)!).toBeGreaterThan(x - 1e-9);
        }
        expect([...grown.edges]).toEqual([...grown.edges].toSorted((p, q) => p - q));
        expect(a).toEqual(make.find(([name]) => name === a.kind)![1]);
      }),
    ));

  test("bins of the declared width, in both directions", () => {
    const hist = Hist.of(axis.regular(4, 0, 1, { name: "x", growth: true })).fill({ x: [0.1, 1.6, -0.3] });
    expect(hist.axes[0]).toMatchObject({ bins: 9, start: -0.5, stop: 1.75 });
    expect([...hist.values()]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1]);
  });

  test("what is not finite goes to the flow bins, also before and after the axis grew", () => {
    const hist = Hist.of(axis.variable([-2, 0, 1], { growth: true })).fill([[Number.NaN, Infinity, -Infinity, 1, 5]]);
    expect([...hist.values({ flow: true })]).toEqual([1, 0, 0, 1, 1, 2]);
  });

  test("missing values add no bins, and beside other axes contents stay where they are", () => {
    const hist = Hist.of(axis.integer(0, 2, { name: "n", growth: true }), axis.category("d"));
    hist.fill({ n: fromList([1, null, 0], "?float64"), d: ["a", "b", "b"] });
    hist.fill({ n: [-1, 3], d: "c" });
    expect(hist.shape()).toEqual([5, 3]);
    expect([...hist.values()]).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(centers(hist.axes[0] as NumericAxis)[0]).toBe(-0.5);
  });

  test("a value so far away that the bins would not fit is refused, and nothing is filled", () => {
    const hist = Hist.of(axis.regular(4, 0, 1, { name: "x", growth: true }));
    expect(() => hist.fill({ x: [0.5, 1e300] })).toThrow('make axis "x" grow to');
    expect([hist.sum(), hist.shape()]).toEqual([0, [4]]);
    expect(() => Hist.of(axis.regular(1e5, 0, 1), axis.regular(1e5, 0, 1))).toThrow("too large");
  });
});

describe("options that exclude each other", () => {
  const bad: [string, () => unknown][] = [
    ["circular and growing", () => axis.regular(2, 0, 1, { circular: true, growth: true })],
    ["circular with underflow", () => axis.variable([0, 1], { circular: true, underflow: true })],
    ["circular without overflow", () => axis.regular(2, 0, 1, { circular: true, overflow: false })],
    ["growing without flow", () => axis.regular(2, 0, 1, { growth: true, flow: false })],
    ["growing integers with flow", () => axis.integer(0, 2, { growth: true, overflow: true })],
    ["a transform that grows", () => axis.regular(2, 1, 2, { transform: "log", growth: true })],
    ["a transform without flow", () => axis.regular(2, 1, 2, { transform: "log", flow: false })],
    ["a logarithm from 0", () => axis.regular(2, 0, 2, { transform: "log" })],
    ["a root from below 0", () => axis.regular(2, -1, 2, { transform: "sqrt" })],
    ["an unknown transform", () => axis.regular(2, 1, 2, { transform: "cube" as "log" })],
    ["the power 0", () => axis.regular(2, 1, 2, { transform: { pow: 0 } })],
  ];
  test.each(bad)("%s", (_, make) => expect(make).toThrow(expect.objectContaining({ kind: "UsageError" })));
});

test("a circular variable axis has the edges it was given, and values by whole turns", () => {
  const a = axis.variable([-2, 0, 1, 4], { circular: true });
  expect([...a.edges]).toEqual([-2, 0, 1, 4]);
  const hist = Hist.of(a).fill([[-1, 0.5, 3, 5, -2.5, 12.5, Number.NaN]]);
  expect([...hist.values({ flow: true })]).toEqual([2, 2, 2, 1]);
});

test("categories are added in the order of the rows", () => {
  const hist = Hist.of(axis.category("d")).fill({ d: ["b", "a", "b"] });
  expect((hist.axes[0] as CategoryAxis).categories).toEqual(["b", "a"]);
});
