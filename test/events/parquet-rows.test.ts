import { expect, test } from "vitest";
import type { Events, List } from "../../src/events/index.ts";
import { toList, typeName } from "../../src/jagged/index.ts";
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
