import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeAll } from "../../src/accumulator/index.ts";
import { axis } from "../../src/hist/index.ts";
import { type ColumnSource, fromList, toList } from "../../src/jagged/index.ts";
import { additions } from "../../src/processor/additions.ts";
import { type Cutflow, maskCategories, type NminusOne, PackedSelection, Weights } from "../../src/selection/index.ts";

interface Event {
  readonly a: boolean;
  readonly b: boolean;
  readonly c: boolean;
  readonly seen: boolean;
  readonly w: number;
}
const event = fc.record({
  a: fc.boolean(),
  b: fc.boolean(),
  c: fc.boolean(),
  seen: fc.boolean(),
  w: fc.integer({ min: -9, max: 9 }),
});

function made(events: readonly Event[]): { cutflow: Cutflow; nminusone: NminusOne } {
  const of = (key: "a" | "b" | "c" | "seen"): boolean[] => events.map((e) => e[key]);
  const selection = new PackedSelection().addMultiple({ a: of("a"), b: of("b"), c: of("c") });
  const w = events.map((e) => e.w);
  const options = {
    commonmask: of("seen"),
    weights: new Weights().add(
      "w",
      w,
      w.map((x) => 2 * x),
    ),
    weightsmodifier: "wUp",
  };
  return { cutflow: selection.cutflow("a", "b", "c", options), nminusone: selection.nminusone("a", "b", "c", options) };
}

describe("numbers", () => {
  test("are those of a plain loop over the events, and add up over chunks across threads", () =>
    fc.assert(
      fc.property(fc.array(fc.array(event), { minLength: 1, maxLength: 4 }), (chunks) => {
        const seen = chunks.flat().filter((e) => e.seen);
        const number = (f: (e: Event) => boolean): number => seen.filter(f).length;
        const weight = (f: (e: Event) => boolean): number => seen.filter(f).reduce((sum, e) => sum + 2 * e.w, 0);
        const total = mergeAll(
          chunks.map((events) => structuredClone(plain(made(events)))),
          additions,
        )!;
        const onecut = [() => true, (e: Event) => e.a, (e: Event) => e.b, (e: Event) => e.c];
        const flow = [() => true, (e: Event) => e.a, (e: Event) => e.a && e.b, (e: Event) => e.a && e.b && e.c];
        const one = [
          () => true,
          (e: Event) => e.b && e.c,
          (e: Event) => e.a && e.c,
          (e: Event) => e.a && e.b,
          flow[3]!,
        ];
        expect(total.cutflow.result()).toEqual({
          labels: ["initial", "a", "b", "c"],
          nevonecut: onecut.map(number),
          nevcutflow: flow.map(number),
          wgtevonecut: onecut.map(weight),
          wgtevcutflow: flow.map(weight),
          weightsmodifier: "wUp",
        });
        expect(total.nminusone.result()).toEqual({
          labels: ["initial", "N - a", "N - b", "N - c", "N"],
          nev: one.map(number),
          wgtev: one.map(weight),
          weightsmodifier: "wUp",
        });
        const hist = total.nminusone.yieldhist({ weighted: true, scale: 0.5 });
        expect([...hist.values()]).toEqual(one.map((f) => 0.5 * weight(f)));
        const squares = one.map((f) => seen.filter(f).reduce((sum, e) => sum + e.w ** 2, 0));
        expect([...hist.variances()!]).toEqual(squares);
      }),
    ));
});

/** One chunk alone crosses a thread too: what comes back has methods, and no masks. */
function plain<T>(value: T): T {
  return mergeAll([structuredClone(value)], additions)!;
}

const events: Event[] = [
  { a: true, b: true, c: true, seen: true, w: 1 },
  { a: true, b: false, c: true, seen: true, w: 2 },
  { a: true, b: true, c: false, seen: true, w: 3 },
  { a: false, b: true, c: true, seen: false, w: 4 },
];

test("masks are there in process and stay behind", () => {
  const { cutflow, nminusone } = made(events);
  const { masksonecut, maskscutflow, commonmask } = cutflow.result();
  expect(masksonecut!.map((mask) => toList(mask))[1]).toEqual([true, false, true, false]);
  expect(maskscutflow!.map((mask) => toList(mask))[2]).toEqual([true, false, false, false]);
  expect(toList(commonmask!)).toEqual([true, true, true, false]);
  expect(nminusone.result().masks!.map((mask) => toList(mask))[1]).toEqual([true, true, false, false]);
  const there = plain({ cutflow, nminusone });
  expect(there.cutflow.result()).not.toHaveProperty("maskscutflow");
  expect(() => there.cutflow.plotVars({ x: [1] })).toThrow("plotVars needs the events: call it in process");
  expect(() => there.nminusone.plotVars({ x: [1] })).toThrow("plotVars needs the events");
});

describe("histograms", () => {
  test("of a variable, flat or in lists, after each step", () => {
    const { cutflow, nminusone } = made(events);
    const lists = fromList([[1, 2], [3], [], [4]], "var * float64");
    const { onecut, cutflow: flow } = cutflow.plotVars(
      { pt: lists },
      { bins: 4, start: 0.5, stop: 4.5, weighted: true },
    );
    expect(onecut["pt"]!.axes.map((a) => a.name)).toEqual(["pt", "onecut"]);
    expect([...onecut["pt"]!.values()]).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 0, 4, 0, 0, 0, 0]);
    expect([...flow["pt"]!.values()]).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 0, 0, 0, 0, 0, 0]);
    const own = nminusone.plotVars({ w: events.map((e) => e.w) }, { axes: { w: axis.integer(1, 4) } });
    expect(own["w"]!.axes[0]).toMatchObject({ kind: "integer", name: "w" });
    expect(own["w"]!.shape()).toEqual([3, 5]);
    const { edges } = nminusone.plotVars({ w: [1, 2, 3, Number.NaN] })["w"]!.axes[0] as { edges: ArrayLike<number> };
    expect([edges[0], edges[20]]).toEqual([1 - 1e-6, 3 + 1e-6]);
    expect(() => nminusone.plotVars({ w: [1] })).toThrow("w has 1 values for 4 events");
    expect(() => nminusone.plotVars({ w: [1, 2, 3, 4] }, { axes: { v: axis.integer(0, 1) } })).toThrow(
      'an axis for "v"',
    );
  });

  test("of the steps in categories of events", () => {
    const channel = axis.category("channel", { categories: ["ee", "mm"] });
    const hist = made(events).nminusone.yieldhist({
      categorical: { axis: channel, values: ["ee", "mm", "ee", "ee"] },
      weighted: true,
    });
    expect([...hist.values()]).toEqual([8, 4, 2, 0, 2, 4, 8, 0, 2, 0]);
    const both = maskCategories([events.map((e) => e.a), events.map((e) => e.b)]);
    expect(toList(both)).toEqual([[0, 1], [0], [0, 1], [1]]);
  });
});

test("a table with efficiencies", () => {
  const { cutflow, nminusone } = made(events);
  expect(`${cutflow}`).toMatchInlineSnapshot(`
    "cut      events alone  events  of previous  of initial  weighted wUp alone  weighted wUp  of previous  of initial
    ───────  ────────────  ──────  ───────────  ──────────  ──────────────────  ────────────  ───────────  ──────────
    initial             3       3                  100.0 %                  12            12                  100.0 %
    a                   3       3      100.0 %     100.0 %                  12            12      100.0 %     100.0 %
    b                   2       2       66.7 %      66.7 %                   8             8       66.7 %      66.7 %
    c                   2       1       50.0 %      33.3 %                   6             2       25.0 %      16.7 %"
  `);
  expect(`${nminusone}`).toMatchInlineSnapshot(`
    "cut      events  of initial  cut keeps  weighted wUp  of initial  cut keeps
    ───────  ──────  ──────────  ─────────  ────────────  ──────────  ─────────
    initial       3     100.0 %                       12     100.0 %
    N - a         1      33.3 %    100.0 %             2      16.7 %    100.0 %
    N - b         2      66.7 %     50.0 %             6      50.0 %     33.3 %
    N - c         2      66.7 %     50.0 %             8      66.7 %     25.0 %
    N             1      33.3 %                        2      16.7 %"
  `);
  const none = new PackedSelection().add("a", []).cutflow("a");
  expect(none.toString()).toMatchInlineSnapshot(`
    "cut      events alone  events  of previous  of initial
    ───────  ────────────  ──────  ───────────  ──────────
    initial             0       0                        -
    a                   0       0            -           -"
  `);
});

describe("mistakes", () => {
  const selection = new PackedSelection().addMultiple({ a: [true, false], b: [true, true] });
  const lazy = (values: readonly unknown[], type: string, alignment: object): ColumnSource => ({
    alignment,
    toColumn: () => fromList(values, type),
  });
  const lazySelection = new PackedSelection().add("a", lazy([true, true], "bool", {}));
  const cases: [string, () => unknown, string][] = [
    ["a variation without weights", () => selection.cutflow("a", { weightsmodifier: "wUp" }), '"wUp" needs weights'],
    [
      "an unknown variation",
      () => selection.cutflow("a", { weights: new Weights(2), weightsmodifier: "w" }),
      'no variation "w"',
    ],
    [
      "weights of other events",
      () => selection.cutflow("a", { weights: new Weights(3) }),
      "weights of 3 events for masks of 2",
    ],
    [
      "a common mask of other events",
      () => selection.nminusone("a", { commonmask: [true] }),
      "the common mask has 1 values",
    ],
    [
      "weights of differently filtered events",
      () => lazySelection.cutflow("a", { weights: new Weights().add("w", lazy([1, 2], "float64", {})) }),
      "the weights are of other events than the masks",
    ],
    [
      "a common mask of differently filtered events",
      () => lazySelection.cutflow("a", { commonmask: lazy([true, false], "bool", {}) }),
      "the common mask is of other events",
    ],
    ["weighted without weights", () => selection.cutflow("a").yieldhist({ weighted: true }), "there are no weights"],
    [
      "other cuts",
      () => mergeAll([{ c: selection.cutflow("a") }, { c: selection.cutflow("b") }], additions),
      "Cannot add c: the cuts differ: initial, a (without weights) and initial, b (without weights)",
    ],
  ];
  test.each(cases)("%s", (_, wrong, message) => expect(wrong).toThrow(message));
});
