/** The operations of the vector oracle, each by the functions of this package. Long because it is one table of them all. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
} from "../../src/vector/index.ts";

export const file: string = join(
  process.env["CORTADO_ORACLES"] ?? join(import.meta.dirname, "../../../shared/oracles"),
  "vector.json",
);

export interface Typed {
  readonly type: string;
  readonly data: unknown[];
}

export interface Case {
  readonly id: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly quirk?: string;
  readonly result: { readonly [name: string]: Typed } | { readonly error: string; readonly kind: string };
  readonly [argument: string]: unknown;
}

export interface Oracle {
  readonly inputs: { readonly [name: string]: { readonly columns: { readonly [name: string]: Typed } } };
  readonly cases: readonly Case[];
}

export const oracle: Oracle = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { inputs: {}, cases: [] };

/** Numbers JSON cannot write are strings. */
export function decode(value: unknown): unknown {
  if (value === "nan") return Number.NaN;
  if (value === "inf") return Number.POSITIVE_INFINITY;
  if (value === "-inf") return Number.NEGATIVE_INFINITY;
  return Array.isArray(value) ? value.map(decode) : value;
}

export const inputs: ReadonlyMap<string, { readonly [field: string]: Column }> = new Map(
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

export const inner = (column: Column): RecordColumn => {
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
export const cut = (column: Column, length: number): Column => ({
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
export const operations: {
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
