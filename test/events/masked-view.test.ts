import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Events, List, LorentzItem } from "../../src/events/index.ts";
import { type ColumnSource, fromList, toList } from "../../src/jagged/index.ts";
import { PackedSelection } from "../../src/selection/index.ts";
import { eventsOf } from "./chunk-of.ts";

interface Event {
  readonly Jet: List<LorentzItem & { readonly pt: number }>;
  readonly run: number;
}
const events: Events<Event> = eventsOf<Event>({
  Jet_pt: [[50, 40], [], [35, 31], [10]],
  run: [1, 2, 3, 4],
});
const list = (source: ColumnSource): unknown[] => toList(source.toColumn());

describe("events under a mask", () => {
  test("are those of the lambda that says the same, on filtered events too", () =>
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 5 }),
        (mask, from) => {
          const flags = fromList(mask, "bool");
          const byMask = events.filter(flags).filter((e) => e.run >= from);
          const byLambda = events.filter((e) => mask[e.run - 1]!).filter((e) => e.run >= from);
          expect(list(byMask.run)).toEqual(list(byLambda.run));
          expect(list(byMask.Jet.pt)).toEqual(list(byLambda.Jet.pt));
          const later = events.filter((e) => e.run >= from);
          const again = later.filter(later.map((e) => mask[e.run - 1]!));
          expect(list(again.run)).toEqual(list(byLambda.run));
        },
      ),
    ));

  test("of a packed selection, with what is defined", () => {
    const e = events.define({ ht: (x) => x.Jet.sum((j) => j.pt) });
    const selection = new PackedSelection()
      .add(
        "hard",
        e.Jet.any((j) => j.pt > 30),
      )
      .add(
        "late",
        e.run.map((r) => r > 1),
      );
    expect(list(e.filter(selection.all("hard", "late")).ht)).toEqual([66]);
  });

  test("a missing value is false", () =>
    expect(list(events.filter(fromList([true, null, true, false], "?bool")).run)).toEqual([1, 3]));

  test.each([
    ["numbers", fromList([1, 0, 1, 0]), "a mask is a column of booleans, not float64"],
    ["lists", fromList([[true], [], [], []]), "not var * bool"],
    ["another length", fromList([true], "bool"), "the mask has 1 values for 4 events"],
    ["other events", events.filter((e) => e.run > 2).map(() => true), "differently filtered events"],
  ])("%s are refused", (_, mask, message) => expect(() => events.filter(mask).length).toThrow(message));
});
