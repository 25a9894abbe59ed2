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
  readonly MET: { readonly pt: number };
}
const chunk = columnsOf(
  {
    Jet_pt: [[50, 40, 20], [], [35, 31], [10]],
    Jet_eta: [[0, 1, -2], [], [0.5, 2.5], [3]],
    Jet_phi: [[0, 1, 2], [], [-3, 3], [1]],
    Jet_mass: [[5, 4, 3], [], [2, 1], [0]],
    MET_pt: [10, 20, 30, 40],
    nJet: [3, 0, 2, 1],
  },
  {
    Jet_pt: "var * float32",
    Jet_eta: "var * float32",
    Jet_phi: "var * float32",
    Jet_mass: "var * float32",
    MET_pt: "float32",
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
  expect(up.metadata["variation"]).toBe("pt_up");
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

test("mistakes", () => {
  const wrong = events as unknown as { vary(name: string, changes: object): unknown };
  expect(() => wrong.vary("x", { Jets: { pt: () => 1 } })).toThrow(/there is no Jets\. Nearest: Jet/);
  expect(() => wrong.vary("x", { Jet: { ptt: () => 1 } })).toThrow(/there is no Jet\.ptt\. Nearest: pt/);
  expect(() => events.define({ n: () => 1 }).vary("x", { Jet: { pt: () => 1 } })).toThrow(
    /"n" is defined on the nominal/,
  );
  // @ts-expect-error a member that does not exist does not compile
  expect(() => events.vary("x", { Jet: { ptt: (j) => j.pt } })).toThrow();
});
