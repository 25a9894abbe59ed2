import { expect, test } from "vitest";
import type { Field, FieldType } from "../../src/io/index.ts";
import { eventLayout } from "../../src/schema/index.ts";

const number: FieldType = { kind: "primitive", dtype: "float32" };
const field = (name: string, type: FieldType, nullable = false): Field => ({ name, nullable, type });
const list = (type: FieldType, nullable = false): FieldType => ({
  kind: "list",
  element: field("element", type, nullable),
});
const record = (...fields: Field[]): FieldType => ({ kind: "record", fields });

test("where values may be missing is known for each list level, in flat and in nested columns", () => {
  const { columns } = eventLayout([
    field("run", number),
    field("weight", number, true),
    field("Jet_pt", list(number)),
    field("Jet_tag", list(number, true)),
    field("Jet_hits", list(list(number, true)), true),
    field("Muon", list(record(field("pt", number), field("id", number, true))), true),
    field("Tau", list(record(field("pt", number)), true)),
    field("MET", record(field("pt", number)), true),
  ]);
  const stored = Object.entries(columns).filter(([, { computed }]) => computed === undefined);
  expect(Object.fromEntries(stored.map(([name, { nullable, nullableAt }]) => [name, [nullable, nullableAt]]))).toEqual({
    run: [false, undefined],
    weight: [true, [true]],
    Jet_pt: [false, undefined],
    Jet_tag: [true, [false, true]],
    Jet_hits: [true, [true, false, true]],
    Muon_pt: [true, [true, false]],
    Muon_id: [true, [true, true]],
    Tau_pt: [true, [false, true]],
    MET_pt: [true, [true]],
  });
});
