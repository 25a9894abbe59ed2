import { expect, test } from "vitest";
import type { EventLayout } from "../../src/events/index.ts";
import { columnsToRead, joinUse } from "../../src/processor/index.ts";

const column = (collection?: string): object => ({
  path: [],
  type: "float32",
  depth: 1,
  nullable: false,
  ...(collection && { collection }),
});
const layout = {
  columns: {
    Jet_pt: column("Jet"),
    Jet_eta: column("Jet"),
    nMuon: { ...column("Muon"), depth: 0 },
    Muon_pt: column("Muon"),
    weights: column("weights"),
    MET_pt: { ...column(), depth: 0 },
  },
  collections: {
    Jet: { members: { pt: "Jet_pt", eta: "Jet_eta" } },
    Muon: { members: { pt: "Muon_pt" }, counter: "nMuon" },
    weights: { members: { value: "weights" }, self: "weights" },
  },
  records: {},
  scalars: {},
} as unknown as EventLayout;
const size = (name: string): number => ({ Jet_pt: 30, Jet_eta: 20 })[name] ?? 10;
const read = (columns: string[], offsets: string[]): string[] => columnsToRead(layout, { columns, offsets }, size);

test.each([
  [["MET_pt"], [], ["MET_pt"]],
  [["Jet_pt"], ["Jet"], ["Jet_pt"]],
  [[], ["Jet"], ["Jet_eta"]],
  [[], ["Muon"], ["nMuon"]],
  [["Muon_pt"], ["Muon"], ["Muon_pt"]],
  [["nMuon"], ["Muon"], ["nMuon"]],
  [[], ["weights"], ["weights"]],
  [["Jet_pt", "gone"], ["Jet", "Gone"], ["Jet_pt"]],
])("columns %j and the lengths of %j: read %j", (columns, offsets, expected) => {
  expect(read(columns, offsets)).toEqual(expected);
});

test("joining uses keeps the same object when nothing is new", () => {
  const a = { columns: ["a", "c"], offsets: ["X"] };
  expect(joinUse(a, { columns: ["c"], offsets: [] })).toBe(a);
  expect(joinUse(a, { columns: ["b"], offsets: ["W"] })).toEqual({ columns: ["a", "b", "c"], offsets: ["W", "X"] });
});
