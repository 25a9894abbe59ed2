import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Axis, axis, type CategoryAxis, type FillByName, Hist } from "../../src/hist/index.ts";
import {
  add,
  at,
  type Column,
  type ColumnSource,
  dropNone,
  fillNone,
  fromList,
  greater,
  mask,
  multiply,
  slice,
  valuesAstype,
  where,
} from "../../src/jagged/index.ts";

const odd = [Number.NaN, Infinity, -Infinity, -0, 0, 1, 2, 3, 0.1, 0.3, 2.9999999999999996, 5e-324, -1, 1e300];
const value = fc.oneof(fc.constantFrom(...odd), fc.double({ min: -2, max: 5 }), fc.integer({ min: -3, max: 6 }));
const flow = fc.record({ underflow: fc.boolean(), overflow: fc.boolean() });

const numericAxis = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom([0, 3], [-1, 4], [3, 0], [0.1, 0.7]), flow)
    .map(([bins, [lo, hi], f]) => axis.regular(bins, lo!, hi!, { name: "x", ...f })),
  fc.tuple(fc.uniqueArray(fc.constantFrom(-1, 0, 0.1, 0.3, 1, 2.5, 3, 4), { minLength: 2 }), flow).map(([edges, f]) =>
    axis.variable(
      edges.toSorted((a, b) => a - b),
      { name: "x", ...f },
    ),
  ),
  fc
    .tuple(fc.integer({ min: -2, max: 1 }), fc.integer({ min: 2, max: 4 }), flow)
    .map(([a, b, f]) => axis.integer(a, b, { name: "x", ...f })),
);

/** The bin of `x` in words of the definition: -1 is underflow, `bins` is overflow. */
function naiveBin(a: Axis, x: number): number {
  switch (a.kind) {
    case "regular": {
      const z = (x - a.start) / (a.stop - a.start);
      if (z < 0) return -1;
      if (z === 1 && !a.overflow) return a.bins - 1;
      return z < 1 ? Math.floor(z * a.bins) : a.bins;
    }
    case "variable":
      if (x === a.edges[a.bins] && !a.overflow) return a.bins - 1;
      if (x < a.edges[0]!) return -1;
      return x < a.edges[a.bins]! ? [...a.edges].filter((edge) => edge <= x).length - 1 : a.bins;
    case "integer":
      if (x < a.start) return -1;
      return x < a.stop ? Math.floor(x) - a.start : a.bins;
    default:
      throw new Error("not numeric");
  }
}

/** Contents by "bin,category", filled one by one. */
function naive(a: Axis, rows: readonly { x: number; d: string; w: number }[]): Map<string, [number, number]> {
  const cells = new Map<string, [number, number]>();
  for (const { x, d, w } of rows) {
    const key = `${naiveBin(a, x)},${d}`;
    const [sumw, sumw2] = cells.get(key) ?? [0, 0];
    cells.set(key, [sumw + w, sumw2 + w * w]);
  }
  return cells;
}

function contents(hist: Hist): Map<string, [number, number]> {
  const [a, d] = hist.axes as [Extract<Axis, { bins: number }>, CategoryAxis];
  const [values, variances] = [hist.values({ flow: true }), hist.variances({ flow: true })];
  const cells = new Map<string, [number, number]>();
  values.forEach((content, cell) => {
    const bin = Math.floor(cell / d.categories.length) - (a.underflow ? 1 : 0);
    if (content !== 0)
      cells.set(`${bin},${d.categories[cell % d.categories.length]}`, [content, variances?.[cell] ?? Number.NaN]);
  });
  return cells;
}

/** Without the flow bins that the axis does not have, and without empty cells. */
function visible(cells: Map<string, [number, number]>, a: Axis): Map<string, [number, number]> {
  const bins = (a as Extract<Axis, { bins: number }>).bins;
  const shown = (bin: number) => (bin >= 0 || (a as { underflow: boolean }).underflow) && (bin < bins || a.overflow);
  return new Map([...cells].filter(([key, [sumw]]) => sumw !== 0 && shown(Number.parseInt(key, 10))));
}

const row = fc.record({ x: value, d: fc.constantFrom("ttbar", "wjets", ""), w: fc.integer({ min: 1, max: 9 }) });

describe("a fill equals a naive loop", () => {
  test("numeric and growing category axis, weights, any kind of array", () =>
    fc.assert(
      fc.property(
        numericAxis,
        fc.array(row, { maxLength: 60 }),
        fc.constantFrom("typed", "float32", "plain"),
        (a, rows, kind) => {
          const xs = rows.map((r) => (kind === "float32" ? Math.fround(r.x) : r.x));
          const hist = Hist.of(a, axis.category("d"), { storage: "weight" }).fill({
            x: kind === "typed" ? Float64Array.from(xs) : kind === "float32" ? Float32Array.from(xs) : xs,
            d: rows.map((r) => r.d),
            weight: Uint8Array.from(rows.map((r) => r.w)),
          });
          const expected = naive(
            a,
            rows.map((r, i) => ({ ...r, x: xs[i]! })),
          );
          expect(contents(hist)).toEqual(visible(expected, a));
          expect((hist.axes[1] as CategoryAxis).categories).toEqual([...new Set(rows.map((r) => r.d))]);
        },
      ),
    ));

  test("more rows than one block, without weights, with a scalar", () => {
    const a = axis.regular(50, 0, 1, { name: "x" });
    const xs = Float32Array.from({ length: 10_001 }, (_, i) => ((i * 7919) % 10_007) / 9000 - 0.05);
    const hist = Hist.of(a, axis.category("d"), { storage: "weight" }).fill({ x: xs, d: "ttbar" });
    expect(contents(hist)).toEqual(
      naive(
        a,
        [...xs].map((x) => ({ x, d: "ttbar", w: 1 })),
      ),
    );
    expect(hist.sum({ flow: true })).toBe(10_001);
  });

  test("the sum over any split of the rows is the whole", () =>
    fc.assert(
      fc.property(
        numericAxis,
        fc.array(fc.array(row, { maxLength: 20 }), { minLength: 1, maxLength: 5 }),
        (a, chunks) => {
          const filled = (rows: (typeof chunks)[number]): Hist =>
            Hist.of(a, axis.category("d"), { storage: "weight" }).fill({
              x: rows.map((r) => r.x),
              d: rows.map((r) => r.d),
              weight: rows.map((r) => r.w),
            });
          const total = chunks.map(filled).reduce((sum, hist) => sum.add(hist));
          expect(total).toStrictEqual(filled(chunks.flat()));
          const again = Hist.of(a, axis.category("d"), { storage: "weight" });
          for (const rows of chunks)
            again.fill([rows.map((r) => r.x), rows.map((r) => r.d)], { weight: rows.map((r) => r.w) });
          expect(again).toStrictEqual(total);
        },
      ),
    ));
});

describe("jagged columns", () => {
  const jets = fc.array(fc.array(fc.option(value, { freq: 5 }), { maxLength: 4 }), { maxLength: 8 });

  test("flatten, repeat event-level values and weights, and leave out what is missing", () =>
    fc.assert(
      fc.property(numericAxis, jets, fc.array(row, { minLength: 8, maxLength: 8 }), (a, lists, events) => {
        const own = events.slice(0, lists.length);
        const hist = Hist.of(a, axis.category("d"), { storage: "weight" }).fill({
          x: fromList(lists, "var * ?float64"),
          d: fromList(
            own.map((e) => e.d),
            "string",
          ),
          weight: own.map((e) => e.w),
        });
        const rows = lists.flatMap((list, i) => list.map((x) => ({ ...own[i]!, x })).filter((r) => r.x !== null));
        expect(contents(hist)).toEqual(visible(naive(a, rows as (typeof own)[number][]), a));
      }),
    ));

  test("two levels of lists with one level and events beside them", () => {
    const hist = Hist.of(
      axis.integer(0, 10, { name: "deep" }),
      axis.integer(0, 10, { name: "mid" }),
      axis.integer(0, 10, { name: "top" }),
    );
    hist.fill({ deep: fromList([[[1, 2], []], [], [[3]]]), mid: fromList([[4, 5], [], [6]]), top: [7, 8, 9] });
    const filled = [...hist.values().entries()].filter(([, n]) => n > 0).map(([cell]) => cell);
    expect(filled).toEqual([147, 247, 369]);
    expect(hist.sum({ flow: true })).toBe(3);
  });

  test("a missing event-level value leaves out all its elements", () => {
    const hist = Hist.of(axis.integer(0, 5, { name: "x" })).fill({
      x: fromList([[1, 2], [3]]),
      weight: fromList([null, 2], "?float64"),
    });
    expect([...hist.values()]).toEqual([0, 0, 0, 2, 0]);
  });

  test("rows that are left out and fills without rows add no category", () => {
    const hist = Hist.of(axis.category("d"), axis.regular(2, 0, 1, { name: "x" }));
    hist.fill({ d: "none", x: [] });
    hist.fill({ d: "none", x: fromList([[], []], "var * float64") });
    hist.fill({ d: ["missing", "there"], x: fromList([null, 0.5], "?float64") });
    expect(hist.axes[0]).toMatchObject({ categories: ["there"] });
  });
});

describe("what may be filled", () => {
  const counts = (hist: Hist): number[] => [...hist.values()];
  const n = (): Hist => Hist.of(axis.integer(0, 4, { name: "n" }));
  const cases: [string, FillByName][] = [
    ["a number", { n: 2 }],
    ["a bigint", { n: 2n }],
    ["64-bit integers", { n: BigInt64Array.of(2n) }],
    ["plain bigints", { n: [2n] }],
    ["a column", { n: fromList([2]) }],
    ["a column of 64-bit integers", { n: fromList([2n], "uint64") }],
    ["bytes", { n: Uint8Array.of(2) }],
    ["a list of a list", { n: fromList([[[2]]]) }],
  ];
  test.each(cases)("%s", (_, values) => expect(counts(n().fill(values))).toEqual([0, 0, 1, 0]));

  test("booleans on an integer axis", () => {
    expect(
      counts(
        n()
          .fill({ n: [true, false, true] })
          .fill({ n: fromList([true]) })
          .fill({ n: false }),
      ),
    ).toEqual([2, 3, 0, 0]);
  });

  test("integer categories", () => {
    const hist = Hist.of(axis.intCategory("pdg", { categories: [11, 13] })).fill({
      pdg: Int32Array.of(11, -11, 13, 11),
    });
    expect([...hist.values({ flow: true })]).toEqual([2, 1, 1]);
  });

  test("lazy chains over the same events, each evaluated once", () => {
    const events = {};
    let evaluated = 0;
    const chain = (column: Column, alignment: object = events): ColumnSource => ({
      alignment,
      toColumn: () => {
        evaluated++;
        return column;
      },
    });
    const hist = Hist.of(axis.regular(2, 0, 2, { name: "x" }), axis.regular(2, 0, 2, { name: "y" }));
    hist.fill({
      x: chain(fromList([[0, 1], [1]])),
      y: chain(fromList([[0, 0], [1]])),
      weight: chain(fromList([1, 3])),
    });
    expect([counts(hist), evaluated]).toEqual([[1, 0, 1, 3], 3]);
    expect(() => hist.fill({ x: chain(fromList([1])), y: chain(fromList([1]), {}) })).toThrow(
      expect.objectContaining({
        kind: "ShapeError",
        fields: { code: "OtherEvents" },
        message: 'Cannot fill axis "x" and axis "y" together: they come from differently filtered events.',
      }),
    );
    expect(() => hist.fill({ x: chain(fromList([1])), y: 1, weight: chain(fromList([1]), {}) })).toThrow(
      'axis "x" and the weight',
    );
  });
});

describe("errors, after which nothing has been filled", () => {
  const make = (): Hist =>
    Hist.of(axis.category("dataset"), axis.regular(4, 0, 4, { name: "MET" }), axis.regular(4, 0, 4, { name: "HT" }), {
      storage: "weight",
    });
  const ok = { dataset: "new", MET: [1, 2], HT: [1, 2] };
  const cases: [string, object, string, string, string][] = [
    ["an axis that does not exist", { ...ok, met: [1, 2] }, "UsageError", "BadArgument", 'no axis "met". Nearest: MET'],
    ["an axis without values", { dataset: "new", MET: 1 }, "UsageError", "BadArgument", 'No values for axis "HT".'],
    ["other lengths", { ...ok, HT: [1] }, "ShapeError", "LengthMismatch", 'axis "MET" has 2 values, axis "HT" has 1'],
    ["another number of weights", { ...ok, weight: [1, 2, 3] }, "ShapeError", "LengthMismatch", "the weight has 3"],
    [
      "other lists",
      { ...ok, MET: fromList([[1], [2, 3]]), HT: fromList([[1], [2]]) },
      "ShapeError",
      "OffsetsMismatch",
      'in event 1 axis "MET" has a list of 2, axis "HT" one of 1',
    ],
    [
      "strings on a numeric axis",
      { ...ok, MET: ["1", "2"] },
      "ShapeError",
      "TypeMismatch",
      'Cannot fill axis "MET" with strings',
    ],
    ["one string on a numeric axis", { ...ok, MET: "1" }, "ShapeError", "TypeMismatch", "with strings"],
    [
      "a number on a string axis",
      { ...ok, dataset: 7 },
      "ShapeError",
      "TypeMismatch",
      'Cannot fill axis "dataset" with 7: a category of this axis is a string',
    ],
    ["a string as weight", { ...ok, weight: "1" }, "ShapeError", "TypeMismatch", "weight cannot be a string"],
    ["null in a list", { ...ok, MET: [1, null] }, "ShapeError", "TypeMismatch", "null at 1"],
    ["lists in a list", { ...ok, MET: [[1], [2]] }, "ShapeError", "TypeMismatch", "use fromList"],
    ["null", { ...ok, MET: null }, "ShapeError", "TypeMismatch", "with null"],
    ["a function", { ...ok, MET: () => 1 }, "ShapeError", "TypeMismatch", "a function"],
    ["something else", { ...ok, MET: {} }, "ShapeError", "TypeMismatch", "no column"],
    [
      "a view without a type",
      { ...ok, MET: new DataView(new ArrayBuffer(8)) },
      "ShapeError",
      "TypeMismatch",
      "no column",
    ],
    [
      "records",
      { ...ok, MET: fromList([{ pt: 1 }, { pt: 2 }]) },
      "ShapeError",
      "NotFlat",
      "choose one of their fields: pt",
    ],
  ];
  test.each(cases)("%s", (_, values, kind, code, message) => {
    const hist = make();
    expect(() => hist.fill(values as FillByName)).toThrow(
      expect.objectContaining({
        kind,
        fields: expect.objectContaining({ code }),
        message: expect.stringContaining(message),
      }),
    );
    expect(hist).toStrictEqual(make());
  });

  test("by position", () => {
    expect(() => make().fill([1, 2])).toThrow("3 axes, but 2 values");
    expect(() => make().fill(["a", 1, 2], { weights: [1] } as object)).toThrow('no option "weights"');
    expect(() => Hist.of(axis.regular(1, 0, 1)).fill({ x: 1 })).toThrow('no axis "x"');
    expect(() => Hist.of(axis.regular(1, 0, 1)).fill({})).toThrow("Axis 0 has no name");
  });

  test("deep lists name the event", () => {
    const hist = Hist.of(axis.regular(1, 0, 1, { name: "x" }), axis.regular(1, 0, 1, { name: "y" }));
    const [x, y] = [
      [[[1], [2]], [], [[3], [4, 5]]],
      [[[1], [2]], [], [[3], [4]]],
    ];
    expect(() => hist.fill({ x: fromList(x), y: fromList(y) })).toThrow("in event 2");
  });
});

describe("a column that the file lacks", () => {
  const values = fromList([null, null, null, null], "?float32");
  const lacking: Column = { ...values, lacking: { column: "MET_pt", file: "b.parquet" } };
  const fill = (x: Column): Hist => Hist.of(axis.regular(2, 0, 2, { name: "x" })).fill({ x });
  const keep = fromList([true, true, false, false]);

  test("is refused, unlike missing values in a column that is there", () => {
    expect(fill(values).sum({ flow: true })).toBe(0);
    expect(() => fill(lacking)).toThrow(/axis "x" with MET_pt: only other files.*b\.parquet does not/);
  });

  test.each<[string, Column]>([
    ["slices", at(lacking, slice(1, 3))],
    ["masks", at(lacking, keep)],
    ["indices", at(lacking, [0, 1])],
    ["hidden entries", mask(lacking, keep)],
    ["arithmetic", add(lacking, 1)],
    ["a condition", where(greater(lacking, 1), 1, 0)],
    ["the mask of another", at(fromList([1, 2, 3, 4]), greater(lacking, 1))],
    ["other types", valuesAstype(lacking, "int32")],
    ["lists", multiply(lacking, fromList([[1], [2], [3], [4]]))],
  ])("carried through %s", (_, column) => {
    expect(() => fill(column)).toThrow(/b\.parquet does not/);
  });

  test("filled in or dropped, or without a row of it, it is accepted", () => {
    expect(fill(fillNone(lacking, 0.5)).sum()).toBe(4);
    expect(fill(dropNone(lacking)).sum({ flow: true })).toBe(0);
    expect(fill(at(lacking, slice(0, 0))).sum({ flow: true })).toBe(0);
  });
});
