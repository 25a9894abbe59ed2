import { expect, test } from "vitest";
import { type EventLayout, type Events, fieldToWrite, type List } from "../../src/events/index.ts";
import { type Column, fromList, type ListColumn, toList, typeName } from "../../src/jagged/index.ts";
import { columnsOf, eventsOf, useOf } from "./chunk-of.ts";

interface Event {
  readonly Jet: List<{ readonly pt: number; readonly tag: number }>;
  readonly MET: { readonly pt: number };
  readonly run: number;
}
const data = {
  run: [7, 8, 9],
  MET_pt: [10, 20, 30],
  Jet_pt: [[50, 40], [], [30]],
  Jet_tag: [[1, 0], [], [1]],
};
const types = { run: "uint32", MET_pt: "float32", Jet_pt: "var * float32", Jet_tag: "var * int8" };
const events: Events<Event> = eventsOf<Event>(data, types);
const shown = (rows: { readonly columns: object }): unknown =>
  Object.entries(rows.columns).map(([name, column]) => [name, typeName(column), toList(column)]);

test("rows are plain data, which can be cloned, and the events are as they were", () => {
  const selected = events.filter((e) => e.Jet.length > 0);
  const rows = selected.toParquet("x.parquet", {
    Jet_pt: selected.Jet.filter((j) => j.pt > 35).map((j) => 2 * j.pt),
    twice: selected.map((e) => 2 * e.run),
    label: selected.map((e) => `run ${e.run}`),
  });
  expect(structuredClone(rows)).toEqual(rows);
  expect(rows).toMatchObject({ tag: "parquet", file: "x.parquet", events: 2 });
  expect(shown(rows)).toEqual([
    ["nJet", "int32", [2, 0]],
    ["Jet_pt", "var * float32", [[100, 80], []]],
    ["twice", "float64", [14, 18]],
    ["label", "string", ["run 7", "run 9"]],
  ]);
  expect(events.length).toBe(3);
});

test("names give columns, collections, records and definitions as they are stored", () => {
  const defined = events.define({ ht: (e) => e.Jet.sum((j) => j.pt), fast: (e) => e.Jet.map((j) => j.pt > 35) });
  const rows = defined.filter((e) => e.run > 7).toParquet("x.parquet", ["Jet", "MET", "run", "ht", "fast"]);
  expect(shown(rows)).toEqual([
    ["nJet", "int32", [0, 1]],
    ["Jet_pt", "var * float32", [[], [30]]],
    ["Jet_tag", "var * int8", [[], [1]]],
    ["MET_pt", "float32", [20, 30]],
    ["run", "uint32", [8, 9]],
    ["ht", "float64", [0, 30]],
    ["fast", "var * bool", [[], [false]]],
  ]);
});

test("objects need a member", () => {
  const defined = events.define({ hard: (e) => e.Jet.filter((j) => j.pt > 35) });
  expect(() => defined.toParquet("x.parquet", ["hard"])).toThrow("are objects, not values: name a member");
  expect(() => events.toParquet("x.parquet", { Jet: events.Jet })).toThrow("are objects, not values: name a member");
});

test("columns that are named are asked for all at once", () => {
  let attempts = 0;
  const found = useOf<Event>(columnsOf(data, types), (e) => {
    attempts++;
    e.toParquet("x.parquet", ["Jet", "MET", "run"]);
  });
  expect(attempts).toBe(2);
  expect([...found.touched].sort()).toEqual(["Jet_pt", "Jet_tag", "MET_pt", "run"]);
});

test("of no events, what is stored has the type it is stored in", () => {
  const none = events.filter(() => false).define({ hard: (e) => e.Jet.filter((j) => j.pt > 35) });
  const rows = none.toParquet("x.parquet", { run: none.run, Jet_pt: none.hard.pt, other: none.hard.pt });
  expect(shown(rows)).toEqual([
    ["run", "uint32", []],
    ["nJet", "int32", []],
    ["Jet_pt", "var * float32", []],
    ["other", "float64", []],
  ]);
});

test("what has the name of a stored column has its type, and the values that are missing stay so", () => {
  const rows = events.toParquet("x.parquet", {
    run: fromList([1, null, 3], "?float64"),
    Jet_tag: fromList([[1, null], [], [null]], "var * ?float64"),
    Jet_pt: fromList([[0.1, 2], [], [3]], "var * float64"),
    MET_pt: fromList([null, null, null], "?float64"),
  });
  expect(shown(rows)).toEqual([
    ["run", "?uint32", [1, null, 3]],
    ["nJet", "int32", [2, 0, 1]],
    ["Jet_tag", "var * ?int8", [[1, null], [], [null]]],
    ["Jet_pt", "var * float32", [[Math.fround(0.1), 2], [], [3]]],
    ["MET_pt", "?float32", [null, null, null]],
  ]);
  expect((rows.columns["MET_pt"] as { values: unknown }).values).toEqual(new Float32Array(3).fill(Number.NaN));
});

test("missing lists have the counter 0, and must be missing in all columns of a collection", () => {
  const lists = (values: unknown[]): Column => fromList(values, "option[var * int32]");
  const rows = events.toParquet("x.parquet", { Tau_a: lists([[1], null, []]), Tau_b: lists([[2], null, []]) });
  expect(shown(rows)).toEqual([
    ["nTau", "int32", [1, 0, 0]],
    ["Tau_a", "option[var * int32]", [[1], null, []]],
    ["Tau_b", "option[var * int32]", [[2], null, []]],
  ]);
  const wrong =
    (columns: Record<string, Column>): (() => unknown) =>
    () =>
      events.toParquet("x.parquet", columns);
  expect(wrong({ Tau_a: lists([[1], null, []]), Tau_b: lists([[2], [], null]) })).toThrow(
    'columns "Tau_a" and "Tau_b" belong to one collection by their names, but have no list and an empty one in event 1 of',
  );
  expect(wrong({ nTau: fromList([1, null, 0], "?int32"), Tau_a: lists([[1], null, []]) })).toThrow(
    "have no number and 0 items in event 1 of",
  );
});

test("a field allows missing values where the file does, and where one is missing", () => {
  const { layout } = columnsOf(data, types);
  const nullable = (name: string, at: readonly boolean[]): EventLayout => {
    const column = { ...layout.columns[name]!, nullable: true, nullableAt: at };
    return { ...layout, columns: { ...layout.columns, [name]: column } };
  };
  const allowed = (layout: EventLayout, name: string, column: Column): boolean[] => {
    const field = fieldToWrite(layout, name, column);
    return field.type.kind === "list" ? [field.nullable, field.type.element.nullable] : [field.nullable];
  };
  const whole = fromList([1, 2], "float32");
  const lists = fromList([[1], [2]], "var * float32");
  expect(allowed(layout, "MET_pt", whole)).toEqual([false]);
  expect(allowed(layout, "MET_pt", fromList([1, null]))).toEqual([true]);
  expect(allowed(layout, "MET_pt", { ...whole, validity: Uint8Array.of(0b11) })).toEqual([false]);
  expect(allowed(nullable("MET_pt", [true]), "MET_pt", whole)).toEqual([true]);
  expect(allowed(nullable("MET_pt", [true]), "MET_pt", lists)).toEqual([false, false]);
  expect(allowed(nullable("MET_pt", [true]), "other", whole)).toEqual([false]);
  expect(allowed(nullable("Jet_pt", [true, false]), "Jet_pt", lists)).toEqual([true, false]);
  expect(allowed(nullable("Jet_pt", [false, true]), "Jet_pt", lists)).toEqual([false, true]);
  expect(allowed(layout, "Jet_pt", fromList([[1], null]))).toEqual([true, false]);
  expect(allowed(layout, "Jet_pt", fromList([[1], [null]]))).toEqual([false, true]);
  // An element of no list.
  const beyond = { ...(fromList([[1], [null]]) as ListColumn), length: 1, offsets: Int32Array.of(0, 1) };
  expect(allowed(layout, "Jet_pt", beyond)).toEqual([false, false]);
});
