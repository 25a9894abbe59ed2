import { expect } from "vitest";
import {
  columnAccumulator,
  defaultdictAccumulator,
  dictAccumulator,
  listAccumulator,
  setAccumulator,
  valueAccumulator,
} from "../../src/accumulator/index.ts";
import { fromList, toList, unflatten } from "../../src/jagged/index.ts";
import { accumulate as accumulateResults } from "../../src/processor/index.ts";
import type { Operation } from "./tools-oracle-operations.ts";

type Json = unknown;
/** `{kind: value}`, as coffea's accumulators are written in tools.json. */
type Item = { readonly [kind: string]: Json };

/** What ours gives where the specification (section 9) says other than the reference, by case. */
const deviations: Readonly<Record<string, { readonly why: string; readonly ours: Json | "refused" }>> = {
  "accumulate-5": { why: "strings do not add", ours: "refused" },
  "accumulate-6": { why: "booleans do not add", ours: "refused" },
  "accumulate-16": { why: "a missing value inside a map is skipped as at top level", ours: [["a", 2]] },
  "accumulate-18": { why: "typed arrays never broadcast a partner of length 1", ours: "refused" },
  "accumulate-32": {
    why: "the default of a defaultdict does not count again",
    ours: [
      ["a", 3],
      ["b", 5],
    ],
  },
};

export const accumulate: Operation = (c) => {
  const items = (c["items"] as Item[]).map(ours);
  const result = c["result"] as Item;
  const sum = (): Json => accumulateResults(items);
  const deviation = deviations[c.id];
  if (deviation?.ours === "refused" || (deviation === undefined && "error" in result))
    expect(sum).toThrow(expect.objectContaining({ kind: "MergeError" }));
  else expect(plain(sum())).toEqual(deviation === undefined ? expected(result) : deviation.ours);
};

/** An item in cortado's words. */
function ours(item: Item): Json {
  const [kind, data] = Object.entries(item)[0] as [string, never];
  switch (kind) {
    case "none":
      return null;
    case "int":
    case "float":
    case "str":
    case "bool":
    case "list":
      return data;
    case "set":
      return new Set<Json>(data);
    case "array":
      return Float64Array.from(data);
    case "dict":
    case "dict_acc":
      return dictAccumulator(
        Object.fromEntries(Object.entries(data).map(([key, inner]) => [key, ours(inner as Item)])),
      );
    case "value":
    case "value_list":
      return valueAccumulator<Json>(() => (kind === "value" ? 0 : []), data);
    case "list_acc":
      return listAccumulator<Json>(data);
    case "set_acc":
      return setAccumulator<Json>(data);
    case "defaultdict_int":
    case "defaultdict_float":
    case "defaultdict_two":
      return defaultdictAccumulator<string, Json>(() => (kind === "defaultdict_two" ? 2 : 0), Object.entries(data));
    case "column":
      return columnAccumulator(numpy(data));
    case "column_ak":
      return columnAccumulator(fromList(data, "var * float64"));
    default:
      throw new Error(`tools.json has a kind of accumulator that this test does not know: ${kind}`);
  }
}

/** An array of NumPy: rows are regular, whole numbers are int64. */
function numpy(data: readonly (number | readonly number[])[]): ReturnType<typeof fromList> {
  const flat = data.flat() as number[];
  const values = fromList(flat, flat.every(Number.isInteger) && flat.length > 0 ? "int64" : "float64");
  return Array.isArray(data[0]) ? unflatten(values, data[0].length) : values;
}

/** The expected value; records and maps as pairs, because their order counts. */
function expected(result: Item): Json {
  const [kind, data] = Object.entries(result)[0] as [string, never];
  switch (kind) {
    case "scalar":
    case "list":
      return data;
    case "dict":
      return (data as [string, Item][]).map(([key, value]) => [key, expected(value)]);
    case "set":
      return new Set<Json>(data);
    case "array":
      return Float64Array.from((data as { data: number[] }).data);
    case "column":
      return (data as { data: Json }).data;
    case "value":
      return [["value", data]];
    default:
      throw new Error(`tools.json has a kind of result that this test does not know: ${kind}`);
  }
}

function plain(value: Json): Json {
  if (value === undefined || value === null) return null;
  if (value instanceof Map) return [...value].map(([key, inner]) => [key, plain(inner)]);
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if ("tag" in value && value.tag === "column")
    return toList((value as unknown as ReturnType<typeof columnAccumulator>).value).map((v) => numbers(v));
  return Object.entries(value).map(([key, inner]) => [key, plain(inner)]);
}

/** Integers of 64 bits as numbers, in lists too. */
function numbers(value: Json): Json {
  if (Array.isArray(value)) return value.map(numbers);
  return typeof value === "bigint" ? Number(value) : value;
}
