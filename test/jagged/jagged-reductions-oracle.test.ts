import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, parseColumnType, toList, typeName } from "../../src/jagged/index.ts";
import { decode } from "./oracle-encoding.ts";

const file = join(
  process.env["CORTADO_ORACLES"] ?? join(import.meta.dirname, "../../../shared/oracles"),
  "jagged.json",
);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface Typed {
  readonly type: string;
  readonly data: Json;
}
interface Case {
  readonly id: string;
  readonly op: string;
  readonly args: readonly Json[];
  readonly kwargs?: { readonly [name: string]: Json };
  readonly result?: Typed | { readonly error: string; readonly kind: string };
  readonly quirk?: string;
}
interface Oracle {
  readonly tolerance: { readonly [ops: string]: "exact" | { readonly float64: number; readonly float32: number } };
  readonly inputs: { readonly [name: string]: Typed };
  readonly cases: readonly Case[];
}

/** The reference's operation, what is called for it, and the names of its positional arguments after the columns. */
const ops: {
  readonly [op: string]: { readonly name: string; readonly columns: number; readonly rest: readonly string[] };
} = Object.fromEntries(
  [
    ..."count sum prod any all max min ptp argmax argmin sort argsort softmax".split(" "),
    ..."nansum nanprod nanmax nanmin nanargmax nanargmin".split(" "),
  ]
    .map((op): [string, { name: string; columns: number; rest: string[] }] => [op, { name: op, columns: 1, rest: [] }])
    .concat([
      ["count_nonzero", { name: "countNonzero", columns: 1, rest: [] }],
      ["corr", { name: "corr", columns: 2, rest: ["weight"] }],
      ["covar", { name: "covar", columns: 2, rest: ["weight"] }],
      ["linear_fit", { name: "linearFit", columns: 2, rest: ["weight"] }],
      ["moment", { name: "moment", columns: 1, rest: ["n", "weight"] }],
      ...["mean", "var", "std", "nanmean", "nanvar", "nanstd"].map(
        (op): [string, { name: string; columns: number; rest: string[] }] => [
          op,
          { name: op, columns: 1, rest: ["weight"] },
        ],
      ),
    ]),
);

/** Operations whose cases belong to the other tests over this file. */
const elsewhere = new Set(
  (
    "getitem pad_none fill_none flatten combinations cartesian num firsts is_none drop_none add concatenate " +
    "local_index mask values_astype broadcast_arrays argcombinations ravel where argcartesian divide unflatten zip equal " +
    "floor_divide mod maximum run_lengths nan_to_num multiply singletons subtract less negative absolute zeros_like " +
    "ones_like fields isclose array_equal to_numpy nan_to_none unzip with_field and or xor invert sqrt exp log cos sinh " +
    "isnan isfinite sign floor rint trunc bool to_regular without_field full_like from_regular power less_equal not_equal " +
    "greater minimum arctan2 hypot almost_equal len to_list"
  ).split(" "),
);

/**
 * Where the reference loses data: awkward 2.14 applies the missing lists above the sorted ones twice, so that
 * `[[[1, None], None], None, [], [[3]], [[], [None, 4]]]` sorts to `[…, [None], [[3], []]]`. Here every list keeps its elements.
 */
const deviations: { readonly [id: string]: (input: unknown) => unknown } = {
  "sort-2": function sorted(input: unknown): unknown {
    if (!Array.isArray(input) || input.some(Array.isArray)) return Array.isArray(input) ? input.map(sorted) : input;
    const present = (input as (number | null)[]).filter((v) => v !== null).sort((a, b) => a - b);
    return [...present, ...new Array(input.length - present.length).fill(null)];
  },
};

const options = new Set(["axis", "keepdims", "mask_identity", "initial", "ddof", "ascending", "weight"]);

/** Counts and indices are int32 here, int64 in the reference: they are plain numbers in JavaScript. */
const ordinals = new Set("count count_nonzero argmax argmin nanargmax nanargmin argsort".split(" "));

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** 1 and 1n alike: the oracle writes both as a JSON number. */
const plain = (value: unknown): unknown => {
  if (typeof value === "bigint") return BigInt(Number(value)) === value ? Number(value) : `${value}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
};

/** Within the relative tolerance; everything but numbers exactly, and the sign of zero where the oracle is exact. */
function expectClose(actual: unknown, wanted: unknown, tolerance: number, path: string): void {
  if (Array.isArray(wanted)) {
    expect(Array.isArray(actual) && actual.length, `${path}: length`).toBe(wanted.length);
    for (const [i, item] of wanted.entries()) expectClose((actual as unknown[])[i], item, tolerance, `${path}[${i}]`);
  } else if (typeof wanted === "object" && wanted !== null) {
    expect(Object.keys(actual as object), path).toEqual(Object.keys(wanted));
    for (const [name, item] of Object.entries(wanted))
      expectClose((actual as Record<string, unknown>)[name], item, tolerance, `${path}.${name}`);
  } else if (typeof wanted === "number" && Number.isFinite(wanted) && tolerance > 0) {
    expect(typeof actual, path).toBe("number");
    expect(Math.abs((actual as number) - wanted), `${path}: ${actual} for ${wanted}`).toBeLessThanOrEqual(
      tolerance * Math.abs(wanted),
    );
  } else expect(actual, path).toBe(wanted);
}

/** The type without what depends on values only: options, regular sizes, the length, the name of a record. */
const bare = (type: string): string =>
  type
    .replace(/option\[([^[\]]*(?:\[[^\]]*\])?[^[\]]*)\]/g, "$1")
    .replace(/\?/g, "")
    .replace(/^[A-Za-z]+\[(.*:.*)\]$/, "{$1}")
    .replace(/\b\d+ \*/g, "var *");

function barest(type: string): string {
  const once = bare(type);
  return once === type ? once : barest(once);
}

describe.skipIf(!existsSync(file))(
  `reductions and order of ${existsSync(file) ? "jagged.json" : `${file}, which is missing`}`,
  () => {
    if (!existsSync(file)) return;
    const oracle = JSON.parse(readFileSync(file, "utf8")) as Oracle;
    const columnOf = (arg: Json): Column => {
      if (typeof arg !== "object" || arg === null) throw new Error(`not a column: ${JSON.stringify(arg)}`);
      const { $ref, $ak, ...rest } = arg as { $ref?: string; $ak?: Typed };
      if (Object.keys(rest).length > 0) throw new Error(`unknown argument ${JSON.stringify(arg).slice(0, 80)}`);
      const typed = $ref === undefined ? $ak! : oracle.inputs[$ref]!;
      return fromList(decode(typed.data) as unknown[], typed.type);
    };
    const run = ({ op, args, kwargs = {} }: Case): unknown => {
      const { name, columns, rest } = ops[op]!;
      const call: unknown[] = args.slice(0, columns).map(columnOf);
      const named: Record<string, unknown> = {};
      for (const [i, arg] of args.slice(columns).entries()) {
        const parameter = rest[i];
        if (parameter === undefined) throw new Error(`unknown argument ${i + columns} of ${op}`);
        if (parameter === "n") call.push(arg);
        else named[parameter] = columnOf(arg);
      }
      for (const [key, value] of Object.entries(kwargs)) {
        if (!options.has(key)) throw new Error(`unknown keyword ${key} of ${op}`);
        named[camel(key)] = key === "weight" ? columnOf(value) : decode(value);
      }
      return (jagged as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!(...call, named);
    };
    const toleranceOf = (op: string, type: string): number => {
      const entry = Object.entries(oracle.tolerance).find(([names]) => names.split(" ").includes(op));
      const tolerance = entry?.[1] ?? oracle.tolerance["default"]!;
      if (tolerance === "exact" || !/float/.test(type)) return 0;
      return type.includes("float32") ? tolerance.float32 : tolerance.float64;
    };

    test("every operation of the file is known here or elsewhere", () => {
      const unknown = new Set(oracle.cases.map((c) => c.op).filter((op) => !(op in ops) && !elsewhere.has(op)));
      expect([...unknown]).toEqual([]);
    });

    const cases = oracle.cases.filter((c) => c.op in ops);
    test("there are cases, none of them a quirk", () => {
      expect(cases.length).toBeGreaterThan(400);
      expect(cases.filter((c) => c.quirk !== undefined).map((c) => c.id)).toEqual([]);
    });

    for (const op of Object.keys(ops)) {
      const mine = cases.filter((c) => c.op === op);
      test(`${op}: ${mine.length} cases`, () => {
        expect(mine.length).toBeGreaterThan(0);
        for (const one of mine) {
          const wanted = one.result!;
          if ("error" in wanted) {
            const error = errorOf(() => run(one), one.id);
            if (wanted.kind === "axis")
              expect([isCortadoError(error, "UsageError"), String(error)], one.id).toEqual([
                true,
                expect.stringMatching(/axis .* does not exist/),
              ]);
            else expect(isCortadoError(error, "ShapeError"), `${one.id}: ${error}`).toBe(true);
            continue;
          }
          const got = run(one);
          const scalar = !/^\d+ \*/.test(wanted.type);
          const data = scalar ? got : toList(got as Column);
          const deviation = deviations[one.id];
          const answer =
            deviation === undefined ? decode(wanted.data) : deviation(toList(columnOf(one.args[0]!)).map(plain));
          expectClose(plain(data), plain(answer), toleranceOf(op, wanted.type), one.id);
          if (scalar) {
            const kind =
              wanted.data === null
                ? "object"
                : /^u?int64$/.test(wanted.type) && !ordinals.has(op)
                  ? "bigint"
                  : wanted.type === "bool"
                    ? "boolean"
                    : "number";
            expect(typeof got, `${one.id}: ${wanted.type}`).toBe(kind);
          } else {
            const type = barest(wanted.type.replace(/^\d+ \*\s*/, ""));
            const here = barest(typeName(got as Column));
            expect(here, `${one.id}: type`).toBe(ordinals.has(op) ? type.replace("int64", "int32") : type);
            expect((got as Column).length, one.id).toBe(parseColumnType(wanted.type).length);
          }
        }
      });
    }
  },
);

function errorOf(act: () => unknown, id: string): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error(`${id}: nothing was thrown`);
}
