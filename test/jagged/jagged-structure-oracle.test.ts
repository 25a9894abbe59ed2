import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, parseColumnType, toList, typeName } from "../../src/jagged/index.ts";
import { decode } from "./oracle-encoding.ts";

const folder = process.env["CORTADO_ORACLES"] ?? join(import.meta.dirname, "../../../shared/oracles");
const file = join(folder, "jagged.json");

interface Typed {
  readonly type: string;
  readonly data: unknown;
}
interface Failure {
  readonly error: string;
  readonly kind: string;
}
interface Case {
  readonly id: string;
  readonly op: string;
  readonly args: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly where?: readonly unknown[];
  readonly quirk?: string;
  readonly result: Typed | Failure | { readonly results: readonly Typed[] };
}
interface Oracle {
  readonly tolerance: Readonly<Record<string, Readonly<Record<string, number>> | string>>;
  readonly inputs: Readonly<Record<string, Typed>>;
  readonly cases: readonly Case[];
}

/** Reductions and sorting have their own test over the same file. */
const otherTest = new Set(
  (
    "count count_nonzero sum prod max min argmax argmin any all mean std var ptp moment softmax corr covar linear_fit " +
    "sort argsort nansum nanprod nanmax nanmin nanargmax nanargmin nanmean nanstd nanvar"
  ).split(" "),
);

/** Operations by their name in the oracle where it is not the snake case of ours. */
const renamed: Readonly<Record<string, string>> = { getitem: "at", to_numpy: "toTypedArray", bool: "truthValue" };

/** Results that awkward counts in int64 and we in ordinary integers. */
const ordinaryIntegers = new Set(["num", "local_index", "argcombinations", "argcartesian", "run_lengths"]);

/**
 * Cases where the reference does what misleads an analyst, or what would need a union type. Cases that another seed
 * adds to an operation follow the first of that operation here.
 */
const refusedUnion = { op: "fill_none", reason: "lists beside numbers", message: /^fillNone: no column can hold both/ };
const deviations: Readonly<Record<string, { readonly op: string; readonly reason: string; readonly message: RegExp }>> =
  {
    "getitem-130": { op: "getitem", reason: "a mask of the wrong length", message: /mask has 2 entries, .* has 9/ },
    "getitem-149": { op: "getitem", reason: "argmax without keepdims takes events", message: /keepdims: true .*pick/ },
    "unflatten-4": { op: "unflatten", reason: "values would vanish", message: /2 entries would be left over/ },
    "unflatten-5": { op: "unflatten", reason: "negative counts", message: /count 1 is -1/ },
    "where-0": { op: "where", reason: "a missing list in the condition", message: /missing at entry 2/ },
    "concatenate-16": { op: "concatenate", reason: "a union of lists and numbers", message: /no column can hold both/ },
    "fill_none-5": refusedUnion,
    "fill_none-13": refusedUnion,
    "fill_none-14": refusedUnion,
    "fill_none-18": refusedUnion,
    "fill_none-19": refusedUnion,
    "fill_none-23": refusedUnion,
    "fill_none-24": refusedUnion,
    "fill_none-30": refusedUnion,
    "fill_none-33": refusedUnion,
    "fill_none-34": refusedUnion,
    "fill_none-42": refusedUnion,
  };

type Kinds = readonly string[];
const kindsOf: Readonly<Record<string, Kinds>> = {
  broadcast: ["ShapeError/LengthMismatch", "ShapeError/OffsetsMismatch"],
  index: ["ShapeError/IndexOutOfRange", "ShapeError/OffsetsMismatch", "ShapeError/LengthMismatch"],
  axis: ["UsageError/BadArgument"],
  length: ["UsageError/BadArgument"],
  counts: ["ShapeError/LengthMismatch"],
  irregular: ["ShapeError/OffsetsMismatch", "UsageError/BadArgument"],
  field: ["MissingColumnError/UnknownColumn"],
  key: ["MissingColumnError/UnknownColumn"],
  "truth-value": ["ShapeError/LengthMismatch"],
  other: ["UsageError/BadArgument", "ShapeError/TypeMismatch"],
};

/** A record with its fields in the order of the type, a tuple as an array. */
const column = ({ type, data }: Typed): Column => fromList(decode(data) as unknown[], type);

if (!existsSync(file)) test.skip(`${file} is missing`, () => {});

describe.skipIf(!existsSync(file))(
  `structure and elements over ${existsSync(file) ? "jagged.json" : `${file}, which is missing`}`,
  () => {
    const oracle: Oracle = existsSync(file)
      ? JSON.parse(readFileSync(file, "utf8"))
      : { tolerance: {}, inputs: {}, cases: [] };
    const inputs = new Map(Object.entries(oracle.inputs).map(([name, typed]) => [name, column(typed)]));
    const mine = oracle.cases.filter(({ op }) => !otherTest.has(op));
    const union = ({ result }: Case): boolean => "type" in result && result.type.includes("union[");

    function argument(value: unknown, op: string): unknown {
      if (Array.isArray(value)) return value.map((v) => argument(v, op));
      if (typeof value !== "object" || value === null) return decode(value);
      const given = value as Record<string, unknown>;
      if (typeof given["$ref"] === "string")
        return inputs.get(given["$ref"]) ?? expect.fail(`no input ${given["$ref"]}`);
      if (given["$ak"] !== undefined) return column(given["$ak"] as Typed);
      if (given["$np"] !== undefined) {
        const { dtype, shape, data } = given["$np"] as { dtype: string; shape: number[]; data: unknown[] };
        const type = `${shape.map((n) => `${n} * `).join("")}${dtype}`;
        // Events by number are an array: a column of one integer an event is refused.
        return op === "getitem" && dtype !== "bool" ? decode(data) : fromList(decode(data) as unknown[], type);
      }
      if (given["$slice"] !== undefined) return jagged.slice(...(given["$slice"] as [null, null, null]));
      if (given["$newaxis"] !== undefined) return jagged.newaxis;
      if (given["$ellipsis"] !== undefined) return jagged.ellipsis;
      return Object.fromEntries(Object.entries(given).map(([k, v]) => [k, argument(v, op)]));
    }

    function run(c: Case): unknown {
      const args = c.args.map((arg) => argument(arg, c.op));
      if (c.op === "len") return (args[0] as Column).length;
      const name = renamed[c.op] ?? camel(c.op);
      const operation = (jagged as unknown as Record<string, (...all: unknown[]) => unknown>)[name];
      if (typeof operation !== "function") expect.fail(`operation ${c.op} is not there as ${name}`);
      const options = Object.fromEntries(
        Object.entries(c.kwargs ?? {}).map(([key, value]) => [camel(key), argument(value, c.op)]),
      );
      const where = (c.where ?? []).map((item) => argument(item, c.op));
      if (c.op === "broadcast_arrays") return operation(...args);
      if (c.op === "to_numpy" && !("error" in c.result) && JSON.stringify((c.result as Typed).data).includes("null")) {
        expect(() => operation(...args)).toThrow(/missing/);
        return operation(...args, { fill: Number.NaN });
      }
      return operation(...args, ...where, ...(Object.keys(options).length > 0 ? [options] : []));
    }

    function compare(c: Case, actual: unknown, expected: Typed): void {
      const wanted = decode(expected.data);
      if (expected.type === "list")
        expect(plain(Array.isArray(actual) ? actual : toList(actual as Column))).toEqual(plain(wanted));
      else if (!/^\d+ \*/.test(expected.type)) expect(plain(actual)).toEqual(plain(wanted));
      else if (c.op === "to_numpy") {
        const flat = (wanted as unknown[]).flat(Infinity).map((v) => v ?? Number.NaN);
        expect(Array.from(actual as Float64Array)).toEqual(flat);
      } else compareColumns(c, actual as Column, expected, wanted);
    }

    function compareColumns(c: Case, actual: Column, expected: Typed, wanted: unknown): void {
      const list = toList(actual);
      const tolerance = Object.entries(oracle.tolerance).find(([ops]) => ops.split(" ").includes(c.op))?.[1];
      if (tolerance === undefined || typeof tolerance === "string") expect(plain(list)).toEqual(plain(wanted));
      else near(list, wanted, tolerance[/float32/.test(expected.type) ? "float32" : "float64"]!);
      expect(String(actual.length)).toBe(/^\d+/.exec(expected.type)![0]);
      const types = (text: string): string => bare(text, ordinaryIntegers.has(c.op) || !inputHasInt64(c));
      expect(types(typeName(actual))).toBe(types(typeText(expected.type)));
    }

    /** Where no column of int64 goes in, its numbers are plain ones, which are ordinary integers here and int64 in Python. */
    function inputHasInt64(c: Case): boolean {
      const text = JSON.stringify([c.args, c.kwargs, c.where]);
      const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, name]) => oracle.inputs[name!]!.type);
      return /int64/.test(refs.join(" ")) || /int64/.test(text);
    }

    test.each(mine.filter((c) => c.quirk === undefined && !union(c)).map((c) => [c.id, c] as const))("%s", (_, c) => {
      if ("error" in c.result) {
        let thrown: unknown;
        try {
          thrown = JSON.stringify(run(c));
        } catch (error) {
          thrown = error;
        }
        expect(isCortadoError(thrown), `expected ${c.result.error}, found ${String(thrown)}`).toBe(true);
        if (!isCortadoError(thrown)) return;
        const code = (thrown.fields as { code?: string }).code;
        expect(kindsOf[c.result.kind], `${c.result.kind}: ${thrown.message}`).toContain(`${thrown.kind}/${code}`);
        expect(thrown.message).not.toContain("\n");
        return;
      }
      const actual = run(c);
      if ("results" in c.result) {
        const columns = actual as Column[];
        expect(columns.length).toBe(c.result.results.length);
        for (const [i, expected] of c.result.results.entries()) compare(c, columns[i], expected);
      } else compare(c, actual, c.result);
    });

    const differing = mine.filter((c) => c.quirk !== undefined || union(c));
    test.each(differing.map((c) => [c.id, c] as const))("%s, refused", (id, c) => {
      const message = deviations[id]?.message ?? Object.values(deviations).find(({ op }) => op === c.op)?.message;
      expect(() => run(c)).toThrow(message ?? expect.fail(`no reason to differ in ${id}`));
    });
  },
);

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The type without what is said of missing values, which a column says only where something is missing. */
function bare(type: string, plainIntegers: boolean): string {
  let text = type.replace(/\?/g, "");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/option\[([^[\]]*)\]/g, "$1");
  }
  return plainIntegers ? text.replaceAll("int64", "int32") : text;
}

/** An awkward type without its length, as ours is written: a tuple is a record with the fields 0, 1, …. */
function typeText(type: string): string {
  const { type: parsed } = parseColumnType(type.replaceAll("unknown", "float64"));
  const write = (t: typeof parsed): string => {
    switch (t.kind) {
      case "primitive":
        return t.dtype;
      case "string":
        return t.encoding === "utf8" ? "string" : "bytes";
      case "list":
        return `${t.size ?? "var"} * ${write(t.element)}`;
      case "record":
        return `{${t.fields.map(([name, field]) => `${name}: ${write(field)}`).join(", ")}}`;
    }
  };
  return write(parsed);
}

/** bigint and number alike, -0 apart. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isInteger(value)) return Object.is(value, -0) ? "-0" : String(BigInt(value));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
}

function near(actual: unknown, wanted: unknown, limit: number): void {
  if (Array.isArray(wanted)) {
    expect(Array.isArray(actual) && actual.length).toBe(wanted.length);
    for (const [i, value] of wanted.entries()) near((actual as unknown[])[i], value, limit);
  } else if (typeof wanted === "number" && Number.isFinite(wanted) && typeof actual === "number")
    expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(limit * Math.abs(wanted));
  else expect(actual).toEqual(wanted);
}
