import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Column, fromList, type ListColumn, type RecordColumn, toList } from "../../src/jagged/index.ts";
import {
  add,
  between,
  boost,
  boostToRestFrame,
  boostVector,
  boostX,
  boostZ,
  clean,
  combinationSums,
  cross,
  divide,
  type Metric,
  metricTable,
  nearest,
  negative,
  type Property,
  property,
  rotateX,
  rotateZ,
  scale,
  sortByPt,
  subtract,
  sum,
  unit,
  vectors,
} from "../../src/vector/index.ts";

const file = join(
  process.env["CORTADO_ORACLES"] ?? join(import.meta.dirname, "../../../shared/oracles"),
  "vector.json",
);

interface Typed {
  readonly type: string;
  readonly data: unknown[];
}

interface Case {
  readonly id: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly quirk?: string;
  readonly result: { readonly [name: string]: Typed } | { readonly error: string; readonly kind: string };
  readonly [argument: string]: unknown;
}

interface Oracle {
  readonly inputs: { readonly [name: string]: { readonly columns: { readonly [name: string]: Typed } } };
  readonly cases: readonly Case[];
}

const oracle: Oracle = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { inputs: {}, cases: [] };

/** Numbers JSON cannot write are strings. */
function decode(value: unknown): unknown {
  if (value === "nan") return Number.NaN;
  if (value === "inf") return Number.POSITIVE_INFINITY;
  if (value === "-inf") return Number.NEGATIVE_INFINITY;
  return Array.isArray(value) ? value.map(decode) : value;
}

const inputs = new Map(
  Object.entries(oracle.inputs).map(([name, { columns }]) => [
    name,
    Object.fromEntries(
      Object.entries(columns).map(([field, { type, data }]) => [field, fromList(decode(data) as unknown[], type)]),
    ) as { readonly [field: string]: Column },
  ]),
);

type Results = { readonly [name: string]: Column };

/** The names the oracle gives to the properties of four-vectors. */
const four: { readonly [name: string]: Property } = {
  px: "x",
  py: "y",
  pz: "z",
  E: "energy",
  pt: "pt",
  eta: "eta",
  phi: "phi",
  mass: "mass",
};

const named = (column: Column, names: { readonly [name: string]: Property }): Results =>
  Object.fromEntries(Object.entries(names).map(([name, quantity]) => [name, property(column, quantity)]));

const inner = (column: Column): RecordColumn => {
  let rows = column;
  while (rows.kind === "list") rows = rows.content;
  return rows as RecordColumn;
};

/** A field of the records, in their lists. */
function field(column: Column, name: string): Column {
  return column.kind === "list"
    ? { ...column, content: field(column.content, name) }
    : (column as RecordColumn).fields.get(name)!;
}

const asFour = (column: Column): Results => ({
  ...named(column, four),
  ...(inner(column).fields.has("charge") && { charge: field(column, "charge") }),
});

const each = <N extends string>(names: readonly N[], f: (name: N) => Column): Results =>
  Object.fromEntries(names.map((name) => [name, f(name)]));

const metricNames: { readonly [name: string]: Metric } = {
  deltaphi: "deltaPhi",
  deltaeta: "deltaEta",
  deltaR: "deltaR",
  deltaR2: "deltaR2",
  deltaRapidityPhi: "deltaRapidityPhi",
  deltaangle: "deltaAngle",
  dot: "dot",
  coffea_delta_r: "deltaR",
  coffea_delta_phi: "deltaPhi",
  abs_deltaphi: "absDeltaPhi",
  abs_deltaeta: "absDeltaEta",
};

function metricOf(name: unknown): Metric {
  const metric = metricNames[(name as string | undefined) ?? "deltaR"];
  if (metric === undefined) throw new Error(`the oracle has a metric ${String(name)} that is unknown here`);
  return metric;
}

/** The first `length` entries of a flat column of vectors. */
const cut = (column: Column, length: number): Column => ({
  ...(column as RecordColumn),
  length,
  fields: new Map([...(column as RecordColumn).fields].map(([name, values]) => [name, { ...values, length }])),
});

const properties: { readonly [name: string]: Property } = {
  ...four,
  theta: "theta",
  p: "p",
  p2: "p2",
  pt2: "pt2",
  E2: "energy2",
  mass2: "mass2",
  rapidity: "rapidity",
  Et: "et",
  Mt: "mt",
  Mt2: "mt2",
  beta: "beta",
  gamma: "gamma",
  costheta: "cosTheta",
  cottheta: "cotTheta",
  is_timelike: "isTimelike",
  is_spacelike: "isSpacelike",
  is_lightlike: "isLightlike",
};

/** Every operation of the oracle, with the arguments it takes beside `inputs`. */
const operations: {
  readonly [op: string]: {
    readonly takes?: readonly string[];
    readonly run: (a: Column, b: Column, given: Case) => Results;
  };
} = {
  properties: { takes: ["system"], run: (a) => named(a, properties) },
  unit: { run: (a) => asFour(unit(a)) },
  negative: { run: (a) => asFour(negative(a)) },
  scale: { takes: ["factor"], run: (a, _, { factor }) => asFour(scale(a, factor as number)) },
  divide: { takes: ["factor"], run: (a, _, { factor }) => asFour(divide(a, factor as number)) },
  boostvec: { run: (a) => named(boostVector(a), { x: "x", y: "y", z: "z" }) },
  rotateX: { takes: ["angle"], run: (a, _, { angle }) => asFour(rotateX(a, angle as number)) },
  rotateZ: { takes: ["angle"], run: (a, _, { angle }) => asFour(rotateZ(a, angle as number)) },
  boostX: { takes: ["beta"], run: (a, _, { beta }) => asFour(boostX(a, beta as number)) },
  boostZ: { takes: ["beta"], run: (a, _, { beta }) => asFour(boostZ(a, beta as number)) },
  add: { run: (a, b) => asFour(add(a, b)) },
  subtract: { run: (a, b) => asFour(subtract(a, b)) },
  angles: {
    run: (a, b) =>
      each(
        [
          "deltaphi",
          "deltaeta",
          "deltaR",
          "deltaR2",
          "deltaRapidityPhi",
          "deltaangle",
          "dot",
          "coffea_delta_r",
          "coffea_delta_phi",
        ],
        (name) => between(a, b, metricOf(name)),
      ),
  },
  invariant_mass: {
    run: (a, b) => ({
      mass: between(a, b, "mass"),
      mass2: between(a, b, "mass2"),
      formula_massless: between(a, b, "masslessMass"),
    }),
  },
  boost_p4: { run: (a, b) => asFour(boost(a, b)) },
  boostCM_of_p4: { run: (a, b) => asFour(boostToRestFrame(a, b)) },
  boost_beta3: { run: (a, b) => asFour(boost(a, boostVector(b))) },
  boostCM_of_sum: { run: (a, b) => asFour(boostToRestFrame(a, add(a, b))) },
  transverse_mass: {
    run: (a, b) => {
      const met = cut(b, a.length);
      return { deltaphi: between(a, met, "deltaPhi"), mt: between(a, met, "transverseMass") };
    },
  },
  properties3: {
    run: (a) =>
      named(a, {
        x: "x",
        y: "y",
        z: "z",
        rho: "pt",
        phi: "phi",
        theta: "theta",
        eta: "eta",
        mag: "p",
        mag2: "p2",
        costheta: "cosTheta",
      }),
  },
  threevector: {
    run: (a, b) => ({
      ...each(["dot", "deltaangle", "deltaR", "deltaeta"], (name) => between(a, b, metricOf(name))),
      ...named(cross(a, b), { cross_x: "x", cross_y: "y", cross_z: "z" }),
      ...named(add(a, b), { add_x: "x", add_y: "y", add_z: "z" }),
      ...named(unit(a), { unit_x: "x", unit_y: "y", unit_z: "z" }),
    }),
  },
  properties2: { run: (a) => named(a, { x: "x", y: "y", rho: "pt", phi: "phi" }) },
  twovector: {
    run: (a, b) => {
      const met = cut(b, a.length);
      return {
        dot: between(a, met, "dot"),
        deltaphi: between(a, met, "deltaPhi"),
        ...named(add(a, met), { add_x: "x", add_y: "y", add_rho: "pt", add_phi: "phi" }),
      };
    },
  },
  sum: { takes: ["axis"], run: (a, _, { axis = -1 }) => asFour(sum(a, { axis: axis as 0 | -1 })) },
  combinations_sum: { takes: ["n"], run: (a, _, { n }) => asFour(combinationSums(a, n as number)) },
  pt_sorted: { run: (a) => ({ pt: field(sortByPt(a), "pt") }) },
  leading_pair_mass: {
    run: (a) => {
      // The pair that stands first in its list: the oracle's lists are not sorted.
      const { offsets, length, content } = a as ListColumn;
      const events = Array.from({ length }, (_, i) => i).filter((i) => offsets[i + 1]! - offsets[i]! >= 2);
      const [first, second] = [0, 1].map((place) =>
        pick(
          content,
          events.map((i) => offsets[i]! + place),
        ),
      );
      return { mass: between(first!, second!, "mass") };
    },
  },
  metric_table: {
    takes: ["metric"],
    run: (a, b, { metric = "deltaR" }) => ({ [metric as string]: metricTable(a, b, { metric: metricOf(metric) }) }),
  },
  nearest: {
    takes: ["metric", "threshold", "axis"],
    run: (a, b, { metric, threshold, axis }) => {
      // Without axis there are no lists to search: the metric of entry with entry.
      if (axis === null) return { deltaR: between(a, b, metricOf(metric)) };
      const options = { metric: metricOf(metric), ...(threshold !== undefined && { threshold: threshold as number }) };
      const found = nearest(a, b, options);
      const kinematics = each(["pt", "eta"], (name) => field(found.object, name));
      return { ...kinematics, metric: found.metric, index: found.index };
    },
  },
  clean: {
    takes: ["threshold"],
    run: (a, b, { threshold }) => ({ pt: field(clean(a, b, { threshold: threshold as number }), "pt") }),
  },
};

/** Rows of a flat column of vectors. */
function pick(column: Column, rows: readonly number[]): Column {
  const fields = new Map<string, Column>();
  for (const [name, values] of (column as RecordColumn).fields) {
    const all = toList(values);
    const { dtype } = values as { readonly dtype: string };
    fields.set(
      name,
      fromList(
        rows.map((row) => all[row]),
        dtype,
      ),
    );
  }
  return { kind: "record", length: rows.length, fields };
}

/** Everything in a column, one after the other, whatever the lists. */
const flatten = (column: Column): unknown[] => (toList(column) as unknown[][]).flat(Number.POSITIVE_INFINITY);

const toNumber = (value: unknown): number => (typeof value === "bigint" ? Number(value) : (value as number));

const shapeOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(shapeOf) : value === null ? null : typeof value === "boolean" ? "bool" : 0;

const angle = (difference: number): number => Math.abs(Math.atan2(Math.sin(difference), Math.cos(difference)));

/** What sets the scale of the rounding of a row. */
interface Scale {
  /** The largest energy (momentum, for vectors without) of an operand or of the expected result. */
  readonly energy: number;
  /** γ of the frame boosted into, 1 for other operations. */
  readonly gamma: number;
  /** Expected pt of the result, where there is one. */
  readonly pt: number;
  /** The largest |rapidity| of an operand. */
  readonly rapidity: number;
  /** Whether all coordinates of the operands are finite. */
  readonly finite: boolean;
  readonly float32: boolean;
}

function scales(given: Case, rows: number): Scale[] {
  const expected = given.result as { readonly [name: string]: Typed };
  const flat = (name: string): number[] => (decode(expected[name]?.data ?? []) as unknown[]).flat(3).map(toNumber);
  const operands = given.inputs.map((name) => {
    const column = vectors(inputs.get(name)!);
    return column.kind === "record" && column.length > rows ? cut(column, rows) : column;
  });
  const largest = (columns: readonly (readonly unknown[])[]): number[] =>
    Array.from({ length: rows }, (_, i) =>
      Math.max(0, ...columns.map((values) => Math.abs(toNumber(values[i]))).filter(Number.isFinite)),
    );
  const of = (name: Property): unknown[][] =>
    operands.flatMap((operand) => {
      const values = has(operand, name) ? flatten(property(operand, name)) : [];
      return values.length === rows ? [values] : [];
    });
  const energies = largest([flat("E"), ...of("energy"), ...of("pt")]);
  const rapidities = largest(of("rapidity"));
  const pts = flat("pt");
  const coordinates = operands.flatMap((operand) => [...inner(operand).fields.values()].map((field) => flatten(field)));
  const [a, b] = operands;
  const frames =
    boosts.test(given.op) && b !== undefined
      ? flatten(property(given.op === "boostCM_of_sum" ? add(a!, b) : b, "gamma"))
      : [];
  return energies.map((energy, i) => ({
    energy,
    gamma: Math.abs(toNumber(frames[i] ?? 1)),
    pt: Math.abs(pts[i] ?? Number.NaN),
    rapidity: rapidities[i]!,
    finite: coordinates.every((values) => values.length !== rows || Number.isFinite(toNumber(values[i]))),
    float32: given.inputs.some((input) => /_f32b?$/.test(input)),
  }));
}

const has = (column: Column, name: Property): boolean => {
  const fields = [...inner(column).fields.keys()];
  return name === "pt" || fields.some((field) => /^(mass|energy|t)$/.test(field));
};

const boosts = /^boost/;
const sums = /^(add|subtract|sum|combinations_sum|twovector)$/;
const massLike = new Set(["Mt", "beta", "gamma", "mt"]);
const squareLike = new Set(["mass2", "Mt2", "dot"]);
const angles = new Set(["deltaphi", "coffea_delta_phi", "phi", "add_phi"]);
const components = new Set(["px", "py", "pz", "E", "pt", "add_x", "add_y", "add_rho"]);

/**
 * What is allowed between the answer and the expected one: the `tolerance` of the file, and where a number is a
 * difference of large ones, the rounding of those, in units of the last place, by the formula of the number.
 */
function agree(given: Case, name: string, got: number, expected: number, scale: Scale): boolean {
  if (Object.is(got, expected) || got === expected) return true;
  const { energy, gamma, pt, float32 } = scale;
  const edge = given.inputs.some((input) => input.startsWith("edge_"));
  const ulp = float32 ? 2 ** -23 : 2 ** -52;
  // γ from a velocity or from a mass that is itself E² − p² loses γ² units: beyond this it is all rounding.
  const lost = /boost_beta3|boostCM_of_sum/.test(given.op) ? 8 * ulp * gamma * gamma : 0;
  if (lost > 0.01 || Number.isNaN(lost)) return true;
  // The reference adds polar vectors in polar form; with an infinite operand its answer is another infinity or NaN.
  if (sums.test(given.op) && !scale.finite && !Number.isFinite(got)) return true;
  if (Number.isNaN(got) && edge && Math.abs(expected) === Number.POSITIVE_INFINITY) return true;
  if (Number.isNaN(got) || Number.isNaN(expected)) return false;
  const difference = Math.abs(got - expected);
  const relative = float32 ? 2e-4 : 1e-10;
  const absolute = float32 ? 3e-3 : 1e-9;
  if (difference <= relative * Math.abs(expected)) return true;
  if (angles.has(name) && angle(got - expected) <= (float32 ? relative : 1e-12)) return true;
  if (squareLike.has(name)) return difference <= absolute * energy * energy;
  if (massLike.has(name)) return difference <= absolute * energy;
  // E² − p² is known to a few units of E².
  if (name === "mass")
    return (
      difference <= absolute * energy ||
      Math.abs(got * Math.abs(got) - expected * Math.abs(expected)) <= 64 * ulp * energy * energy
    );
  // (E + z)/(E − z) loses e^2|y| units.
  if (name === "rapidity" || name === "deltaRapidityPhi") return difference <= 4 * ulp * Math.exp(2 * scale.rapidity);
  // The arc cosine of a number near 1 halves the digits.
  if (name === "deltaangle") return Math.abs(Math.cos(got) - Math.cos(expected)) <= 4 * ulp;
  const boosted = boosts.test(given.op);
  if (!boosted && !sums.test(given.op)) return false;
  const noise = boosted ? (absolute + lost + 8 * ulp * gamma) * energy : 8 * ulp * energy;
  if (boosted && name === "E" && Math.abs(got * got - expected * expected) <= noise * energy) return true;
  if (components.has(name)) return difference <= noise;
  // The direction of what is itself rounding is nothing.
  if (name === "phi" || name === "add_phi") return pt <= noise || angle(got - expected) <= noise / pt;
  if (name === "eta") return pt <= noise || difference <= noise / pt;
  return false;
}

/** The reference asks for the sign of E² − p² as rounded: where that is all rounding, its answer is by chance. */
const causal = new Set(["is_timelike", "is_spacelike", "is_lightlike"]);

function byChance(given: Case, name: string, row: number): boolean {
  if (!causal.has(name)) return false;
  const v = vectors(inputs.get(given.inputs[0]!)!);
  const [energy, mass2] = [property(v, "energy"), property(v, "mass2")].map((column) => toList(column)[row] as number);
  const ulp = given.inputs[0]!.includes("f32") ? 2 ** -23 : 2 ** -52;
  return !(Math.abs(mass2!) > 8 * ulp * energy! * energy!);
}

function dtypeOf(column: Column): string {
  let values = column;
  while (values.kind === "list") values = values.content;
  return values.kind === "primitive" ? values.dtype : values.kind;
}

/** The dtype the reference gives, but float32 stays float32 everywhere and an index is an ordinary integer. */
function expectedType(given: Case, name: string, { type }: Typed): string {
  if (name === "index") return "int32";
  const widened = /rotateX|boostCM_of/.test(given.op) && given.inputs.every((input) => /_f32b?$/.test(input));
  return widened ? "float32" : type.replace(/^.*[*?] ?\??/, "");
}

/** Throws with the first places where a result differs. */
function compare(given: Case, name: string, got: Column, expected: Typed): void {
  const data = decode(expected.data) as unknown[];
  const list = toList(got);
  expect(dtypeOf(got), `${given.id}: dtype of ${name}`).toBe(expectedType(given, name, expected));
  expect(shapeOf(list), `${given.id}: shape of ${name}`).toEqual(shapeOf(data));
  const [left, right] = [list.flat(3), data.flat(3)];
  const rowScales = scales(given, right.length);
  const wrong: string[] = [];
  right.forEach((value, row) => {
    if (value === null || typeof value === "boolean") {
      if (left[row] !== value && !byChance(given, name, row))
        wrong.push(`row ${row}: ${String(left[row])}, expected ${String(value)}`);
      return;
    }
    if (!agree(given, name, toNumber(left[row]), value as number, rowScales[row]!))
      wrong.push(`row ${row}: ${String(left[row])}, expected ${String(value)} ${JSON.stringify(rowScales[row])}`);
  });
  if (wrong.length > 0) throw new Error(`${given.id}: ${name}: ${wrong.slice(0, 6).join("; ")}`);
}

describe.skipIf(!existsSync(file))(existsSync(file) ? "vector.json" : `${file} is missing`, () => {
  test.each(oracle.cases.map((given) => [given.id, given] as const))("%s", (_, given) => {
    const operation = operations[given.op];
    if (operation === undefined) throw new Error(`unknown operation ${given.op}`);
    const known = ["id", "op", "inputs", "result", "note", "quirk", ...(operation.takes ?? [])];
    expect(Object.keys(given).filter((argument) => !known.includes(argument))).toEqual([]);
    const [a, b] = given.inputs.map((name) => vectors(inputs.get(name)!)) as [Column, Column];
    if ("error" in given.result) {
      expect(() => operation.run(a, b, given)).toThrow();
      return;
    }
    const results = operation.run(a, b, given);
    const problems: string[] = [];
    for (const [name, expected] of Object.entries(given.result as { readonly [name: string]: Typed })) {
      expect(Object.keys(results), given.id).toContain(name);
      try {
        compare(given, name, results[name]!, expected);
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    expect(problems).toEqual([]);
  });
});
