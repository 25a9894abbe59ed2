import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { type Axis, isCategorical, parseUhi } from "../../src/hist/index.ts";
import { transformText } from "../../src/hist/transform.ts";
import { close } from "./reference-state.ts";
import { everyPair } from "./uhi-pairs.ts";

const python = pythonInterpreter();
const shared = resolve(import.meta.dirname, "../../../shared");
const checker = join(process.env["CORTADO_ORACLES"] ?? join(shared, "oracles"), "check_uhi.py");
const exported = join(process.env["CORTADO_ORACLES"] ?? join(shared, "oracles"), "uhi-export.json");
const schema = join(process.env["CORTADO_DATA"] ?? join(shared, "data"), "uhi/histogram.schema.json");

interface Loaded {
  readonly name: string;
  readonly label: string;
  readonly storage: string;
  readonly axes: readonly Record<string, unknown>[];
  readonly view: { readonly [field: string]: readonly number[] };
}

const types = {
  regular: "Regular",
  variable: "Variable",
  integer: "Integer",
  boolean: "Boolean",
  category: "StrCategory",
  intCategory: "IntCategory",
};

/** Our arrays by the names of a view of Python's. */
const fields: { readonly [array: string]: string } = {
  values: "value",
  variances: "variance",
  counts: "count",
  deltas: "deltas",
  sumOfWeights: "sum_of_weights",
  sumOfWeightsSquared: "sum_of_weights_squared",
};

/** What hist says about one of our axes; it calls an axis without a label by its name or its number. */
function asPython(axis: Axis, i: number): Record<string, unknown> {
  return {
    type: types[axis.kind],
    name: axis.name,
    label: axis.label || axis.name || `Axis ${i}`,
    bins: isCategorical(axis) ? axis.categories : expect.any(Array),
    underflow: !isCategorical(axis) && axis.underflow,
    overflow: axis.overflow,
    growth: axis.growth,
    circular: !isCategorical(axis) && axis.circular,
    transform: axis.kind === "regular" && axis.transform !== undefined ? transformText(axis.transform) : null,
  };
}

if (python === undefined) test("histograms in Python's hist", (context) => context.skip(noPython));
else describe("histograms in Python's hist", () => comparisons(python));

function comparisons(interpreter: string): void {
  const folder = mkdtempSync(join(tmpdir(), "cortado-uhi-"));
  const file = join(folder, "ours.json");
  const ours = everyPair();
  const run = (...args: string[]): string => execFileSync(interpreter, args, { encoding: "utf8" });
  let loaded: Record<string, Loaded> = {};
  beforeAll(() => {
    writeFileSync(file, JSON.stringify(Object.fromEntries(ours)));
    loaded = JSON.parse(run(join(import.meta.dirname, "../fixtures/hist-load.py"), file));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([...ours])("%s", (name, hist) => {
    const found = loaded[name]!;
    expect([found.name, found.label]).toEqual([hist.name, hist.label]);
    expect(found.storage).toBe(
      { weightedMean: "WeightedMean", int64: "Int64", double: "Double", weight: "Weight", mean: "Mean" }[
        hist.storage.kind
      ],
    );
    expect(found.axes).toEqual(hist.axes.map(asPython));
    hist.axes.forEach((axis, i) => {
      if (isCategorical(axis)) return;
      const edges = found.axes[i]!["bins"] as number[];
      expect(edges.length).toBe(axis.bins + 1);
      edges.forEach((edge, k) => {
        expect(Math.abs(edge - axis.edges[k]!)).toBeLessThanOrEqual(1e-15 * Math.max(...axis.edges.map(Math.abs)));
      });
    });
    const { kind, ...arrays } = hist.storage;
    for (const [array, cells] of Object.entries(arrays))
      if (cells instanceof Float64Array) close(found.view[fields[array]!], [...cells], kind.endsWith("ean"));
  });

  test("all are valid under the UHI schema", (context) => {
    if (!existsSync(schema)) context.skip(`there is no ${schema}`);
    const script =
      "import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))";
    run("-c", script, file, schema);
  });

  test("the shared checker loads them, and finds what we rewrite equal to what hist wrote", (context) => {
    if (!existsSync(checker)) context.skip(`there is no ${checker}`);
    expect(
      run(checker, file)
        .split("\n")
        .filter((line) => /^\S+ (Double|Int64|Weight|Mean|WeightedMean) /.test(line)),
    ).toHaveLength(ours.size);
    const theirs = JSON.parse(readFileSync(exported, "utf8")) as Record<string, object>;
    // an Unlimited storage is read as double, and so written
    const read = Object.entries(theirs).filter(
      ([, json]) => !JSON.stringify(json).includes('"storage_type":"Unlimited"'),
    );
    const [expected, rewritten] = [join(folder, "expected.json"), join(folder, "rewritten.json")];
    const some = Object.fromEntries(read);
    writeFileSync(expected, JSON.stringify(some));
    writeFileSync(rewritten, JSON.stringify(Object.fromEntries(parseUhi(JSON.stringify(some)))));
    expect(run(checker, rewritten, "--expect", expected)).toContain(`${read.length} of ${read.length} equal`);
    expect(read.length).toBeGreaterThan(0);
  });
}
