import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import { ColumnNotLoaded, type Events, type List, type LorentzItem, makeEvents } from "../../src/events/index.ts";
import type { ColumnSource } from "../../src/jagged/index.ts";
import { toList } from "../../src/jagged/index.ts";
import { columnsOf, eventsOf, useOf } from "./chunk-of.ts";

interface Jet extends LorentzItem {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
  readonly good: boolean;
}
interface Muon extends LorentzItem {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
}
interface Event {
  readonly Jet: List<Jet>;
  readonly Muon: List<Muon>;
  readonly MET: { readonly pt: number; readonly phi: number };
  readonly run: number;
  readonly event: bigint;
}

const data = {
  Jet_pt: [[50, 40, 20], [], [35, 31], [10]],
  Jet_eta: [[0, 1, -2], [], [0.5, 2.5], [3]],
  Jet_phi: [[0, 1, 2], [], [-3, 3], [1]],
  Jet_mass: [[5, 4, 3], [], [2, 1], [0]],
  Jet_good: [[true, false, true], [], [true, true], [false]],
  Muon_pt: [[30], [25, 24], [], [5, 4, 3]],
  Muon_eta: [[0], [1, -1], [], [0, 0, 0]],
  Muon_phi: [[0], [1, 2], [], [0, 1, 2]],
  Muon_mass: [[0.1], [0.1, 0.1], [], [0.1, 0.1, 0.1]],
  MET_pt: [10, 20, 30, 40],
  MET_phi: [0, 1, 2, 3],
  run: [1, 1, 2, 2],
  event: [1n, 2n, 9007199254740993n, 4n],
};
const events: Events<Event> = eventsOf<Event>(data);
const list = (source: ColumnSource): unknown[] => toList(source.toColumn());

describe("events", () => {
  test("columns, records, collections and metadata", () => {
    expect(events.length).toBe(4);
    expect(list(events.MET.pt)).toEqual([10, 20, 30, 40]);
    expect(list(events.Jet.pt)).toEqual(data.Jet_pt);
    expect(list(events.event)).toEqual(data.event);
    expect(events.metadata.dataset).toBe("test");
  });

  test("a collection member is the column itself, not a copy", () => {
    const chunk = columnsOf(data);
    expect(makeEvents<Event>(chunk, events.metadata).Jet.pt.toColumn()).toMatchObject({
      offsets: chunk.knownOffsets("Jet"),
    });
  });

  test("filter keeps what is defined aligned", () => {
    const selected = events
      .define({ jets: (e) => e.Jet.filter((j) => j.pt > 30) })
      .define({ nJets: (e) => e.jets.length })
      .filter((e) => e.nJets >= 2);
    expect(selected.length).toBe(2);
    expect(list(selected.jets.pt)).toEqual([
      [50, 40],
      [35, 31],
    ]);
    expect(list(selected.nJets)).toEqual([2, 2]);
    expect(list(selected.MET.pt)).toEqual([10, 30]);
    expect(list(selected.filter((e) => e.MET.pt > 20).jets.count())).toEqual([2]);
    expect(list(selected.map((e) => e.event))).toEqual([1n, 9007199254740993n]);
  });

  test("a definition is computed at most once an event, and only for events that ask", () => {
    let calls = 0;
    const defined = events.define({
      heavy: (e) => {
        calls++;
        return e.MET.pt;
      },
    });
    const selected = defined.filter((e) => e.run === 2 && e.heavy > 30);
    expect(list(selected.heavy)).toEqual([40]);
    expect(calls).toBe(2);
  });

  test("combinations, the best one, and what is read from it", () => {
    const best = events.Jet.combinations(2).minBy((a, b) => Math.abs(a.pt - b.pt));
    expect(list(best.map((a, b) => a.pt * 100 + b.pt))).toEqual([[5040], [], [3531], []]);
    expect(list(best.count())).toEqual([1, 0, 1, 0]);
    expect(
      list(
        events.Jet.filter((j) => j.good)
          .combinations(2)
          .map((a, b) => a.pt + b.pt),
      ),
    ).toEqual([[70], [], [66], []]);
    expect(list(events.Jet.combinations(3).map((a, b, c) => a.p4.add(b.p4).add(c.p4).energy))[0]).toHaveLength(1);
  });

  test("cartesian with another collection of the same events", () => {
    const pairs = events.Jet.filter((j) => j.pt > 15).cartesian(events.Muon);
    expect(list(pairs.map((j, m) => j.pt + m.pt))).toEqual([[80, 70, 50], [], [], []]);
    const few = events.filter((e) => e.Muon.length > 0);
    expect(() => events.Jet.cartesian(few.Muon)).toThrow(/differently filtered/);
  });

  test("items know where they come from after concat", () => {
    const selected = events
      .define({ all: (e) => e.Muon.concat(e.Jet) })
      .define({ lead: (e) => e.all.maxBy((x) => x.pt) })
      .define({ rest: (e) => e.all.filter((x) => !e.lead.any((l) => l.is(x))) });
    expect(list(selected.lead.map((x) => x.collection))).toEqual([["Jet"], ["Muon"], ["Jet"], ["Jet"]]);
    expect(list(selected.rest.pt)).toEqual([[30, 40, 20], [24], [31], [5, 4, 3]]);
  });

  test("lists of one event", () => {
    const answers = events.map((e) =>
      JSON.stringify([
        e.Jet.pt.max().sum(),
        e.Jet.any((j) => j.pt > 45),
        e.Jet.all((j) => j.good),
        e.Jet.cartesian(e.Muon).count((j, m) => j.pt > m.pt),
        e.Jet.combinations(2).length,
        e.Jet.first().sum((j) => j.pt),
        e.Jet.map((j) => j.pt).filter((pt) => pt > 20).length,
      ]),
    );
    expect(list(answers).map((text) => JSON.parse(text as string))).toEqual([
      [50, true, false, 2, 3, 50, 2],
      [0, false, true, 0, 0, 0, 0],
      [35, false, true, 0, 1, 35, 2],
      [10, false, false, 3, 0, 10, 0],
    ]);
  });

  test("a list may be looped over while it is looped over", () => {
    const n = events.map((e) => {
      const jets = e.Jet;
      return jets.count((a) => jets.any((b) => b.pt > a.pt));
    });
    expect(list(n)).toEqual([2, 0, 1, 0]);
  });
});

describe("mistakes", () => {
  test("a name that does not exist says so, nearest names first", () => {
    const wild = events as unknown as Record<string, { pt: unknown }>;
    expect(() => wild["Jets"]).toThrow(/events has no "Jets". Nearest: Jet/);
    expect(() => (events.Jet as unknown as Record<string, unknown>)["ptt"]).toThrow(/Jet has no "ptt". Nearest: pt/);
    expect(() => list(events.Jet.map((j) => (j as unknown as { mas: number }).mas))).toThrow(
      /Jet has no "mas". Nearest: mass/,
    );
    expect(() => list(events.map((e) => (e as unknown as { Met: number }).Met))).toThrow(/Nearest: MET/);
    expect(() => (events.MET as unknown as Record<string, unknown>)["ptt"]).toThrow(/MET has no "ptt"/);
  });

  test("printing a cursor, a list or events is harmless", () => {
    expect(inspect(events)).toContain("4 events");
    const shown: string[] = [];
    events.Jet.map((j) => shown.push(inspect(j))).toColumn();
    expect(shown[0]).toBe("Jet 0");
    expect(inspect(events.Jet)).toBe("Jet of 4 events");
  });

  test("a condition that answers a list is refused", () => {
    const wrong = (e: Event): boolean => e.Jet.filter((j) => j.pt > 30) as unknown as boolean;
    expect(() => events.filter(wrong).length).toThrow(/true or false, not a list/);
    expect(() => list(events.Jet.count((() => undefined) as unknown as () => boolean))).toThrow(/true or false/);
  });

  test("operations that need values or single objects", () => {
    expect(() => (events.Jet as unknown as { sum(): unknown }).sum()).toThrow(/needs a lambda/);
    expect(() => list(events.Jet)).toThrow(/objects, not values/);
    expect(() =>
      (events.Jet.combinations(2) as unknown as { combinations(n: number): unknown }).combinations(2),
    ).toThrow(/single objects/);
  });

  test("a definition that changes its kind, or takes a name", () => {
    const mixed = events.define({ x: (e) => (e.run === 1 ? 1 : true) });
    expect(() => mixed.x).toThrow(/"x" must answer the same type/);
    expect(() => events.define({ MET: () => 1 })).toThrow(/"MET" already/);
  });

  test("a missing value is an error that names column and event, and can be asked for", () => {
    const nullable = eventsOf<{ readonly Jet: List<Jet> }>({ ...data, Jet_pt: [[1, null, 3], [], [4, 5], [6]] });
    expect(() => list(nullable.Jet.map((j) => j.pt))).toThrow(/Jet.pt has no value in event 100/);
    expect(list(nullable.Jet.filter((j) => j.has("pt")).map((j) => j.pt))).toEqual([[1, 3], [], [4, 5], [6]]);
  });
});

describe("over no events", () => {
  const none = events.filter(() => false);
  test("everything is empty", () => {
    expect(none.length).toBe(0);
    expect(list(none.Jet.pt)).toEqual([]);
    expect(
      list(
        none.Jet.combinations(3)
          .minBy((a) => a.pt)
          .map((a) => a.pt),
      ),
    ).toEqual([]);
  });
  test("what a definition would have been is not needed", () => {
    const defined = none.define({ jets: (e) => e.Jet.filter((j) => j.pt > 1), n: (e) => e.Jet.length });
    expect(
      list(
        defined.jets
          .combinations(3)
          .maxBy((a) => a.pt)
          .map((a) => a.pt),
      ),
    ).toEqual([]);
    expect(list(defined.jets.sum((j) => j.pt))).toEqual([]);
    expect(list(defined.jets.pt)).toEqual([]);
    expect(list(defined.n.map((n) => n + 1))).toEqual([]);
  });
});

describe("what is touched", () => {
  const all = columnsOf({ ...data, nJet: data.Jet_pt.map((l) => l.length), nMuon: data.Muon_pt.map((l) => l.length) });
  const used = (process: (e: Events<Event>) => void): string[][] => {
    const { touched, touchedOffsets } = useOf<Event>(all, process);
    return [[...touched].sort(), [...touchedOffsets].sort()];
  };

  test("a member, not the counter", () => {
    expect(used((e) => e.Jet.count((j) => j.pt > 30).toColumn())).toEqual([["Jet_pt"], ["Jet"]]);
  });
  test("the lengths alone", () => {
    expect(used((e) => e.Muon.count().toColumn())).toEqual([[], ["Muon"]]);
  });
  test("a column behind &&, and one behind a condition that no event meets", () => {
    expect(used((e) => e.filter((x) => x.run > 1 && x.MET.pt > 1).length)).toEqual([["MET_pt", "run"], []]);
    expect(used((e) => e.filter((x) => x.run > 9 && x.MET.pt > 1).length)).toEqual([["run"], []]);
  });
  test("a four-vector touches its four columns", () => {
    expect(used((e) => e.Jet.map((j) => j.p4.pt).toColumn())[0]).toEqual(["Jet_eta", "Jet_mass", "Jet_phi", "Jet_pt"]);
  });
  test("a swallowed miss does not drag in what the catch reads", () => {
    expect(
      used((e) =>
        e
          .map((x) => {
            try {
              return x.MET.pt;
            } catch {
              return x.MET.phi;
            }
          })
          .toColumn(),
      ),
    ).toEqual([["MET_pt"], []]);
  });

  test("a column that is not loaded is recorded even when the error is swallowed", () => {
    const chunk = columnsOf({ Jet_pt: data.Jet_pt, MET_pt: data.MET_pt });
    const bare = new (chunk.constructor as typeof import("../../src/events/index.ts").ChunkColumns)(chunk.layout, 4);
    bare.add("MET_pt", chunk.column("MET_pt"));
    const e = makeEvents<Event>(bare, events.metadata);
    expect(() => list(e.Jet.pt)).toThrow(ColumnNotLoaded);
    expect(bare.incomplete).toBe(true);
    bare.beginAttempt();
    e.map((x) => {
      try {
        return x.Jet.length;
      } catch {
        return 0;
      }
    }).toColumn();
    expect([...bare.missedOffsets]).toEqual(["Jet"]);
  });
});

test("errors are tagged", () => {
  try {
    (events as unknown as Record<string, unknown>)["Elektron"];
  } catch (error) {
    expect(isCortadoError(error, "MissingColumnError") && error.fields.column).toBe("Elektron");
  }
});
