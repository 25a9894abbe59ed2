import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { mergeAll } from "../../src/accumulator/index.ts";

type Json = unknown;
/** `{kind: value}`, as coffea's accumulators are written in tools.json. */
type Item = { readonly [kind: string]: Json };
interface AccumulateCase {
  readonly id: string;
  readonly op: string;
  readonly items: readonly Item[];
  readonly result: Item;
}

const file = join(
  process.env["CORTADO_ORACLES"] ?? resolve(import.meta.dirname, "../../../shared/oracles"),
  "tools.json",
);
const cases = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).cases : []) as AccumulateCase[];

/** The value of an item in our plain data; undefined for kinds that are not plain data. */
function plain(item: Item): { readonly value: Json } | undefined {
  const [kind, data] = Object.entries(item)[0] as [string, Json];
  switch (kind) {
    case "none":
      return { value: null };
    case "set":
    case "set_acc":
      return { value: new Set(data as Json[]) };
    case "array":
      return { value: Float64Array.from(data as number[]) };
    case "dict":
    case "dict_acc": {
      const entries = Object.entries(data as Record<string, Item>).map(([key, inner]) => [key, plain(inner)] as const);
      if (entries.some(([, inner]) => inner === undefined)) return undefined;
      return { value: Object.fromEntries(entries.map(([key, inner]) => [key, inner?.value])) };
    }
    case "int":
    case "float":
    case "str":
    case "bool":
    case "list":
    case "value":
    case "value_list":
    case "list_acc":
    case "defaultdict_int":
    case "defaultdict_float":
      return { value: data };
    default:
      return undefined;
  }
}

/** The expected value; keys of records as pairs, because their order counts. */
function expected(result: Item): Json {
  const [kind, data] = Object.entries(result)[0] as [string, Json];
  if (kind === "dict") return (data as [string, Item][]).map(([key, value]) => [key, expected(value)]);
  if (kind === "set") return new Set(data as Json[]);
  if (kind === "array") return Float64Array.from((data as { data: number[] }).data);
  return data;
}

function asPairs(value: Json): Json {
  const isRecord = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isRecord ? Object.entries(value).map(([key, inner]) => [key, asPairs(inner)]) : (value ?? null);
}

/** Where our rules differ on purpose (columnar semantics, section 9); told from the items. */
function deviation(items: readonly Item[]): "refused" | "skipped" | undefined {
  const kinds = items.map((item) => Object.keys(item)[0]);
  if (items.length > 1 && kinds.every((kind) => kind === "str" || kind === "bool")) return "refused";
  const lengths = new Set(items.flatMap((item) => ("array" in item ? [(item["array"] as Json[]).length] : [])));
  if (lengths.size > 1) return "refused";
  return items.some((item) => "dict" in item && JSON.stringify(item).includes('"none"')) ? "skipped" : undefined;
}

if (cases.length === 0) test("tools.json", (context) => context.skip(`there is no ${file}`));
else
  describe("accumulate cases of tools.json", () => {
    const all = cases.filter((c) => c.op === "accumulate");
    const ours = all.flatMap((c) => {
      const items = c.items.map(plain);
      return items.includes(undefined) ? [] : [[c.id, c, items.map((item) => item?.value)] as const];
    });

    test.each(ours)("%s", (_, { items, result }, values) => {
      const sum = (): Json => mergeAll(values, {});
      const rule = deviation(items);
      if (rule === "refused" || ("error" in result && rule === undefined))
        expect(sum).toThrow(expect.objectContaining({ kind: "MergeError" }));
      else if (rule === "skipped") expect(asPairs(sum())).toEqual([["a", 2]]);
      else expect(asPairs(sum())).toEqual(expected(result));
    });

    test("how many", () => {
      console.log(
        `tools.json: ${ours.length} of ${all.length} accumulate cases; left: columns and defaultdicts with a default`,
      );
      expect(ours.length).toBeGreaterThan(0);
    });
  });
