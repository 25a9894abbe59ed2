import { expect, test } from "vitest";
import { type Events, type List, type LorentzItem, makeEvents } from "../../src/events/index.ts";
import type { ColumnSource, ListColumn, PrimitiveColumn } from "../../src/jagged/index.ts";
import { toList } from "../../src/jagged/index.ts";
import { columnsOf, useOf } from "./chunk-of.ts";

interface Event {
  readonly Jet: List<
    LorentzItem & {
      readonly pt: number;
      readonly eta: number;
      readonly phi: number;
      readonly mass: number;
      readonly tag: string;
    }
  >;
  readonly MET: { readonly pt: number; readonly phi: number };
  readonly run: number;
  readonly rho: number;
}
const chunk = columnsOf(
  {
    Jet_pt: [[50, 40, 20], [], [35, 31], [10]],
    Jet_eta: [[0, 1, -2], [], [0.5, 2.5], [3]],
    Jet_phi: [[0, 1, 2], [], [-3, 3], [1]],
    Jet_mass: [[5, 4, 3], [], [2, 1], [0]],
    MET_pt: [10, 20, 30, 40],
    MET_phi: [0, 1, 2, 3],
    run: [1, 1, 2, 2],
    rho: [0.5, 1, 1.5, 2],
    nJet: [3, 0, 2, 1],
  },
  {
    Jet_pt: "var * float32",
    Jet_eta: "var * float32",
    Jet_phi: "var * float32",
    Jet_mass: "var * float32",
    MET_pt: "float32",
    MET_phi: "float32",
    run: "uint32",
    rho: "float32",
  },
);
const metadata = { dataset: "d", filename: "f", entrystart: 0, entrystop: 4 };
const events: Events<Event> = makeEvents<Event>(chunk, metadata);
const list = (source: ColumnSource): unknown[] => toList(source.toColumn());
const up = events.vary("pt_up", { Jet: { pt: (j) => 1.03 * j.pt } });

test("varied values, in the type of the column", () => {
  const scaled = [[50, 40, 20], [], [35, 31], [10]].map((l) => l.map((pt) => Math.fround(1.03 * pt)));
  expect(list(up.Jet.pt)).toEqual(scaled);
  expect(list(up.map((e) => e.Jet.pt.sum()))).toEqual(scaled.map((l) => l.reduce((a, b) => a + b, 0)));
  expect(list(up.Jet.map((j) => j.p4.pt)).flat()[0]).toBeCloseTo(51.5, 5);
  expect([events.variation, up.variation]).toEqual(["nominal", "pt_up"]);
  expect(list(events.vary("met", { MET: { pt: (m) => m.pt + 1 } }).MET.pt)).toEqual([11, 21, 31, 41]);
});

test("everything else is shared, the nominal is untouched", () => {
  const nominal = chunk.column("Jet_pt") as ListColumn<PrimitiveColumn<"float32">>;
  const before = nominal.content.values.slice();
  const varied = up.Jet.pt.toColumn() as ListColumn;
  expect(varied.offsets).toBe(nominal.offsets);
  expect(up.Jet.eta.toColumn()).toEqual(events.Jet.eta.toColumn());
  expect((up.Jet.eta.toColumn() as ListColumn).content).toBe((events.Jet.eta.toColumn() as ListColumn).content);
  expect(nominal.content.values).toEqual(before);
  expect(list(events.Jet.pt)).toEqual([[50, 40, 20], [], [35, 31], [10]]);
});

test("a selection downstream follows the variation, one upstream stays", () => {
  const selected = (e: Events<Event>): number =>
    e.define({ n: (x) => x.Jet.count((j) => j.pt > 31.5) }).filter((x) => x.n >= 2).length;
  expect([selected(events), selected(up)]).toEqual([1, 2]);
  const few = events.filter((e) => e.MET.pt > 15).vary("pt_down", { Jet: { pt: (j) => 0.5 * j.pt } });
  expect(list(few.Jet.pt)).toEqual([[], [17.5, 15.5], [5]]);
  expect(list(few.vary("again", { Jet: { pt: (j) => 2 * j.pt } }).Jet.pt)).toEqual([[], [35, 31], [10]]);
});

test("variations read each column once, and only what they use", () => {
  const used = useOf<Event>(chunk, (e) => {
    for (const factor of [1, 1.1, 0.9])
      e.vary(String(factor), { Jet: { pt: (j) => factor * j.pt } })
        .Jet.count((j) => j.pt > 30)
        .toColumn();
  });
  expect([...used.touched]).toEqual(["Jet_pt"]);
});

/** Jets 10 % up and what they gain taken from the missing momentum, all at once. */
const scale = 1.1;
const propagated = events.vary("jes_up", {
  Jet: { pt: (j) => scale * j.pt, mass: (j) => scale * j.mass },
  MET: {
    pt: (met, e) => Math.hypot(...balance(met, e)),
    phi: (met, e) => Math.atan2(...(balance(met, e).reverse() as [number, number])),
  },
});
function balance(met: Event["MET"], e: Event): [number, number] {
  const gain = (along: (phi: number) => number): number => e.Jet.sum((j) => (scale - 1) * j.pt * along(j.phi));
  return [met.pt * Math.cos(met.phi) - gain(Math.cos), met.pt * Math.sin(met.phi) - gain(Math.sin)];
}

test("several collections and records at once, each from the values before", () => {
  const flat = (e: Events<Event>, f: (jet: { pt: number; phi: number }) => number): number[] =>
    (list(e.Jet.pt) as number[][]).map((pts, i) =>
      pts.reduce((sum, pt, k) => sum + f({ pt, phi: (list(e.Jet.phi) as number[][])[i]![k]! }), 0),
    );
  // Jets and missing momentum together keep their sum: that is what propagation means.
  for (const along of [Math.cos, Math.sin]) {
    const total = (e: Events<Event>): number[] => {
      const [pt, phi] = [list(e.MET.pt) as number[], list(e.MET.phi) as number[]];
      return flat(e, (j) => j.pt * along(j.phi)).map((jets, i) => jets + pt[i]! * along(phi[i]!));
    };
    for (const [i, sum] of total(propagated).entries()) expect(sum).toBeCloseTo(total(events)[i]!, 4);
  }
  expect(list(propagated.Jet.mass)).toEqual(
    [[5, 4, 3], [], [2, 1], [0]].map((l) => l.map((m) => Math.fround(1.1 * m))),
  );
});

test("a lambda of item and event gives what the loop of the item alone gives", () => {
  const beside = events.vary("rho", { Jet: { pt: (j, e) => j.pt - e.rho * j.eta } });
  const [pt, eta] = [list(events.Jet.pt) as number[][], list(events.Jet.eta) as number[][]];
  expect(list(beside.Jet.pt)).toEqual(
    pt.map((l, i) => l.map((p, k) => Math.fround(p - [0.5, 1, 1.5, 2][i]! * eta[i]![k]!))),
  );
  expect((beside.Jet.pt.toColumn() as ListColumn).offsets).toBe((events.Jet.pt.toColumn() as ListColumn).offsets);
});

test("single values of the events", () => {
  const varied = events.vary("pileup", { rho: (rho, e) => rho + e.run, run: (run) => run + 1 });
  expect([list(varied.rho), list(varied.run)]).toEqual([
    [1.5, 2, 3.5, 4],
    [2, 2, 3, 3],
  ]);
});

test("every buffer but those of the varied members is the same object, and nothing was written", () => {
  const names = Object.keys(chunk.layout.columns);
  const leaves = (): unknown[] => names.map((name) => structuredClone(chunk.column(name)));
  const before = leaves();
  const all = [up, propagated, events.vary("x", { rho: (r) => r + 1 })];
  for (const e of all) {
    for (const member of ["pt", "eta", "phi", "mass"] as const) e.Jet[member].toColumn();
    e.MET.pt.toColumn();
  }
  expect(leaves()).toEqual(before);
  const content = (source: ColumnSource): unknown => {
    const column = source.toColumn();
    return column.kind === "list" ? (column.content as PrimitiveColumn).values : (column as PrimitiveColumn).values;
  };
  for (const member of ["eta", "phi", "mass"] as const)
    expect(content(up.Jet[member])).toBe(content(events.Jet[member]));
  expect(content(up.MET.pt)).toBe(content(events.MET.pt));
  expect(content(up.Jet.pt)).not.toBe(content(events.Jet.pt));
  expect(Object.keys(up)).toEqual(Object.keys(events));
});

test("values that the type of a column cannot hold are refused, not cut", () => {
  expect(() => events.vary("x", { run: (run) => 1.5 * run }).run.toColumn()).toThrow(
    'vary("x"): run has the type uint32, which does not hold 1.5',
  );
  expect(() => events.vary("x", { run: (run) => run - 2 }).run.toColumn()).toThrow("does not hold -1");
  const wrong = events.vary("x", { MET: { pt: () => "a" as never } });
  expect(() => wrong.MET.pt.toColumn()).toThrow("MET_pt has the type float32; the lambda answers string");
});

test("mistakes", () => {
  const wrong = events as unknown as { vary(name: string, changes: object): unknown };
  expect(() => wrong.vary("x", { Jets: { pt: () => 1 } })).toThrow(/there is no Jets\. Nearest: Jet/);
  expect(() => wrong.vary("x", { Jet: { ptt: () => 1 } })).toThrow(/there is no Jet\.ptt\. Nearest: pt/);
  expect(() => events.define({ n: () => 1 }).vary("x", { Jet: { pt: () => 1 } })).toThrow(
    /"n" is defined on the values from before; vary first/,
  );
  expect(() => wrong.vary("x", { Jet: () => 1 })).toThrow(
    "Jet has members; say which, as in { Jet: { pt: (x) => … } }",
  );
  expect(() => wrong.vary("x", { rhoo: () => 1 })).toThrow("there is no rhoo. Nearest: rho");
  expect(() => events.define({ vary: () => 1 })).toThrow('events have "vary" already');
  // @ts-expect-error a member that does not exist does not compile
  expect(() => events.vary("x", { Jet: { ptt: (j) => j.pt } })).toThrow();
});
