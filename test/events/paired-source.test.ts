import { expect, test } from "vitest";
import type { Events, List, LorentzItem } from "../../src/events/index.ts";
import { toList } from "../../src/jagged/index.ts";
import { eventsOf } from "./chunk-of.ts";

interface Particle extends LorentzItem {
  readonly pt: number;
}
interface Event {
  readonly Jet: List<Particle>;
  readonly Muon: List<Particle>;
  readonly Photon: List<Particle>;
}

const events = (): Events<Event> =>
  eventsOf<Event>(
    { Jet_pt: [[5, 3], [4], [], [7, 8]], Muon_pt: [[2], [], [1], [6, 9]], Photon_pt: [[], [1], [], []] },
    { Jet_pt: "var * float32", Muon_pt: "var * float32", Photon_pt: "var * float32" },
  );
const sums = [[7, 5], [4], [], [22, 23]];

test("over all events, in one event, and defined", () => {
  const all = events();
  expect(
    toList(
      all.Jet.pairsWith(all.Muon)
        .map((j, muons) => j.pt + muons.pt.sum())
        .toColumn(),
    ),
  ).toEqual(sums);
  const defined = all.define({ pairs: (e) => e.Jet.pairsWith(e.Muon), n: (e) => e.Jet.pairsWith(e.Muon).length });
  expect(toList(defined.pairs.map((j, muons) => j.pt + muons.pt.sum()).toColumn())).toEqual(sums);
  expect(toList(defined.n.toColumn())).toEqual([2, 1, 0, 2]);
  const cut = defined.filter((e) => e.Muon.length !== 1);
  expect(toList(cut.pairs.map((j, muons) => j.pt + muons.pt.sum()).toColumn())).toEqual([[4], [22, 23]]);
  expect(toList(cut.map((e) => e.pairs.sum((j, muons) => j.pt * muons.length)).toColumn())).toEqual([0, 30]);
});

test("pairs that are kept keep their lists", () => {
  const all = events();
  const soft = all.Jet.filter((j) => j.pt < 8).pairsWith(all.Muon.filter((m) => m.pt > 1));
  const first = soft.sortBy((j) => j.pt).first();
  const last = soft.maxBy((j, muons) => j.pt - muons.length);
  expect(toList(first.flatMap((j, muons) => muons.filter((m) => m.pt < j.pt)).pt.toColumn())).toEqual([
    [2],
    [],
    [],
    [6],
  ]);
  expect(toList(last.map((j, muons) => j.pt * 10 + muons.length).toColumn())).toEqual([[51], [40], [], [72]]);
});

test("a list of which no event tells what it is of", () => {
  const all = events().define({ near: (e) => e.Photon.flatMap((p) => e.Muon.filter((m) => m.pt > p.pt)) });
  // Only the second event has a photon, and no muon: nothing is known of the others' lists, or of any.
  const pairs = all.define({ pairs: (e) => e.Jet.pairsWith(e.near) }).pairs;
  expect(toList(pairs.map((j, near) => j.pt + near.length + near.pt.sum()).toColumn())).toEqual([
    [5, 3],
    [4],
    [],
    [7, 8],
  ]);
  const none = events().define({ none: (e) => e.Photon.filter((p) => p.pt > 1).flatMap(() => e.Muon) });
  const counted = none.Jet.pairsWith(none.none).map((j, muons) => j.pt + muons.length);
  expect(toList(counted.toColumn())).toEqual([[5, 3], [4], [], [7, 8]]);
  expect(toList(none.Jet.cartesian(none.none).count().toColumn())).toEqual([0, 0, 0, 0]);
  expect(toList(none.none.concat(none.Jet).pt.toColumn())).toEqual([[5, 3], [4], [], [7, 8]]);
  expect(toList(none.Jet.concat(none.none).pt.toColumn())).toEqual([[5, 3], [4], [], [7, 8]]);
});

test("what cannot be paired says so", () => {
  const all = events();
  const some = all.filter((e) => e.Jet.length > 1);
  expect(() => all.Jet.pairsWith(some.Muon)).toThrow(
    "pairsWith of Jet (4 events) with Muon (2 events): the two come from differently filtered events; define both before the filter",
  );
  expect(() => all.Jet.pairsWith(all.Muon).pairsWith(all.Jet as never)).toThrow(
    "pairsWith() needs lists of single objects, not Jet × list of Muon",
  );
  expect(() => all.Jet.pairsWith(all.Muon).toColumn()).toThrow("Jet × list of Muon are objects, not values");
  expect(() => all.Jet.concat(some.Muon)).toThrow("concat of Jet (4 events) with Muon (2 events)");
});
