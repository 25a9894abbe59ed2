import { expect, test } from "vitest";
import type { Collection, Events, List, LorentzItem } from "../../src/events/index.ts";
import { axis, Hist } from "../../src/hist/index.ts";
import { type ColumnSource, toList, typeName } from "../../src/jagged/index.ts";
import { eventsOf } from "./chunk-of.ts";

interface Lepton extends LorentzItem {
  readonly pt: number;
  readonly charge: number;
  readonly tight: boolean;
  readonly id: bigint;
  readonly name: string;
}
interface Event {
  readonly E: List<Lepton>;
  readonly M: List<Lepton>;
}

const types = { pt: "?float32", charge: "int8", tight: "bool", id: "uint64", name: "string" };
const lepton = { pt: [[1, null], [], [3]], charge: [[1, -1], [], [-1]], tight: [[true, false], [], [true]] };
const others = { id: [[2n ** 64n - 1n, 7n], [], [9n]], name: [["a", "b"], [], ["c"]] };

function events(): Events<Event> {
  const columns = Object.entries({ ...lepton, ...others });
  const named = (prefix: string) => columns.map(([name, lists]) => [`${prefix}_${name}`, lists]);
  return eventsOf<Event>(
    Object.fromEntries([...named("E"), ...named("M")]),
    Object.fromEntries(["E", "M"].flatMap((p) => Object.entries(types).map(([n, t]) => [`${p}_${n}`, `var * ${t}`]))),
  );
}

const read = (source: ColumnSource): unknown => [typeName(source.toColumn()), toList(source.toColumn())];

const chains: Readonly<Record<string, (e: Collection<Lepton>, m: Collection<Lepton>) => Collection<Lepton>>> = {
  "as stored": (e) => e,
  filter: (e) => e.filter(() => true),
  sortBy: (e) => e.sortBy(() => 0),
  take: (e) => e.take(9),
  concat: (e, m) => e.concat(m.filter(() => false)),
  flatMap: (e) => e.pairsWith(e).flatMap((one, all) => all.filter((other) => other.is(one))),
};

test.each(Object.entries(chains))("members after %s keep the type of their column, and what is missing", (_, chain) => {
  const { E, M } = events();
  const items = chain(E, M);
  expect(read(items.pt)).toEqual(["var * ?float32", lepton.pt]);
  expect(read(items.charge)).toEqual(["var * int8", lepton.charge]);
  expect(read(items.tight)).toEqual(["var * bool", lepton.tight]);
  expect(read(items.id)).toEqual(["var * uint64", others.id]);
  expect(read(items.name)).toEqual(["var * string", others.name]);
});

test("of one item an event, of values that are filtered, sorted or picked, and of filtered events", () => {
  const all = events();
  const { E } = all;
  expect(read(E.maxBy((l) => l.charge).charge)).toEqual(["var * int8", [[1], [], [-1]]]);
  expect(read(E.last().pt)).toEqual(["var * ?float32", [[null], [], [3]]]);
  expect(read(E.charge.filter((c) => c < 0))).toEqual(["var * int8", [[-1], [], [-1]]]);
  expect(read(E.charge.filter(() => false))).toEqual(["var * int8", [[], [], []]]);
  expect(read(E.id.sortBy((id) => Number(id)))).toEqual(["var * uint64", [[7n, 2n ** 64n - 1n], [], [9n]]]);
  expect(read(E.name.filter(() => false))).toEqual(["var * string", [[], [], []]]);
  expect(read(E.charge.maxBy((c) => -c).concat(E.charge))).toEqual(["var * int8", [[-1, 1, -1], [], [-1, -1]]]);
  expect(read(E.charge.max())).toEqual(["var * int8", [[1], [], [-1]]]);
  const some = all.filter((e) => e.E.length > 0).define({ kept: (e) => e.E.filter((l) => l.charge < 0) });
  expect(read(some.E.pt)).toEqual(["var * ?float32", [[1, null], [3]]]);
  expect(read(some.kept.tight)).toEqual(["var * bool", [[false], [true]]]);
});

test("what a lambda makes is float64, a bigint int64, a boolean bool", () => {
  const { E } = events();
  expect(read(E.map((l) => l.charge))).toEqual(["var * float64", [[1, -1], [], [-1]]]);
  expect(read(E.charge.map((c) => c + 0))).toEqual(["var * float64", [[1, -1], [], [-1]]]);
  expect(read(E.map((l) => l.id - 7n).take(1))).toMatchObject(["var * int64", expect.anything()]);
  expect(read(E.map((l) => !l.tight))).toEqual(["var * bool", [[false, true], [], [false]]]);
});

test("a missing value is none to a lambda", () => {
  const { E } = events();
  expect(() => E.map((l) => l.pt).toColumn()).toThrow("E.pt has no value in event 100");
  expect(() => E.pt.filter((pt) => pt > 0).toColumn()).toThrow("E.pt has no value in event 100");
  expect(() => E.sum((l) => l.pt).toColumn()).toThrow("E.pt has no value in event 100");
  expect(read(E.filter((l) => l.has("pt")).map((l) => l.pt))).toEqual(["var * float64", [[1], [], [3]]]);
  expect(toList(E.pt.count().toColumn())).toEqual([2, 0, 1]);
  expect(read(E.pt.first())).toEqual(["var * float32", [[1], [], [3]]]);
});

test("categories of integers are filled from members of chains", () => {
  const charges = Hist.of(axis.intCategory("charge", { categories: [-1, 1] }));
  charges.fill({ charge: events().E.filter(() => true).charge });
  expect([...(charges.values() as Float64Array)]).toEqual([2, 1]);
});
