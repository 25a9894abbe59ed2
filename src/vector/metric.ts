import { CortadoError, whatExists } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { dimensionOf } from "./coordinates.ts";
import { FourVector, type WrapOption, wrapPhi } from "./four-vector.ts";
import { numbersLike, readPair, requireDimension, requireSameDimension } from "./operands.ts";
import { type Quantity, quantity, signedRoot } from "./quantity.ts";
import type { Numbers, Vectors } from "./vectors.ts";

/** A number for vector `i` of one column and vector `j` of another. */
export type PairFunction = (i: number, j: number) => number;

/** The least number of components the vectors must have for each metric. */
const needs = {
  deltaPhi: 2,
  absDeltaPhi: 2,
  deltaEta: 3,
  absDeltaEta: 3,
  deltaR2: 3,
  deltaR: 3,
  deltaRapidityPhi: 4,
  deltaAngle: 3,
  dot: 2,
  mass2: 4,
  mass: 4,
  masslessMass: 3,
  transverseMass: 2,
} as const;

/**
 * Numbers of two vectors. `deltaR`, `deltaR2`, `deltaPhi`, `absDeltaPhi`, `deltaEta`, `absDeltaEta`,
 * `deltaRapidityPhi`: with Δφ wrapped to [−π, π). `deltaAngle`: the angle in space. `dot`: the (Minkowski) product.
 * `mass`, `mass2`: of the sum, sign(m²)·√|m²|. `masslessMass`: √(2 pt₁ pt₂ (cosh Δη − cos Δφ)).
 * `transverseMass`: √(2 pt₁ pt₂ (1 − cos Δφ)).
 */
export type MetricName = keyof typeof needs;

const metrics: { readonly [M in MetricName]: (a: Vectors, b: Vectors, wrap: boolean) => PairFunction } = {
  deltaPhi: (a, b, wrap) =>
    of(a, b, ["phi"], ([p], [q]) => (wrap ? (i, j) => wrapPhi(p[i]! - q[j]!) : (i, j) => p[i]! - q[j]!)),
  absDeltaPhi: (a, b, wrap) => absolute(metrics.deltaPhi(a, b, wrap)),
  deltaEta: (a, b) =>
    of(
      a,
      b,
      ["eta"],
      ([p], [q]) =>
        (i, j) =>
          p[i]! - q[j]!,
    ),
  absDeltaEta: (a, b) => absolute(metrics.deltaEta(a, b, true)),
  deltaR2: (a, b, wrap) => squares("eta", a, b, wrap),
  deltaR: (a, b, wrap) => root(squares("eta", a, b, wrap)),
  deltaRapidityPhi: (a, b, wrap) => root(squares("rapidity", a, b, wrap)),
  deltaAngle: (a, b) => {
    const product = spaceProduct(a, b);
    return of(
      a,
      b,
      ["p"],
      ([p], [q]) =>
        (i, j) =>
          Math.acos(Math.max(-1, Math.min(1, product(i, j) / (p[i]! * q[j]!)))),
    );
  },
  dot: (a, b) => {
    requireSameDimension("dot", a, b);
    const product = spaceProduct(a, b);
    if (dimensionOf(a.system) < 4) return product;
    return of(
      a,
      b,
      ["energy"],
      ([t], [u]) =>
        (i, j) =>
          t[i]! * u[j]! - product(i, j),
    );
  },
  mass2: (a, b) =>
    of(a, b, ["x", "y", "z", "energy"], ([x, y, z, t], [px, py, pz, e]) => (i, j) => {
      const [sx, sy, sz, st] = [x[i]! + px[j]!, y[i]! + py[j]!, z[i]! + pz[j]!, t[i]! + e[j]!];
      return st * st - sx * sx - sy * sy - sz * sz;
    }),
  mass: (a, b) => {
    const mass2 = metrics.mass2(a, b, true);
    return (i, j) => signedRoot(mass2(i, j));
  },
  masslessMass: (a, b) =>
    of(
      a,
      b,
      ["pt", "eta", "phi"],
      ([pt, eta, phi], [qt, theta, psi]) =>
        (i, j) =>
          Math.sqrt(2 * pt[i]! * qt[j]! * (Math.cosh(eta[i]! - theta[j]!) - Math.cos(phi[i]! - psi[j]!))),
    ),
  transverseMass: (a, b) =>
    of(
      a,
      b,
      ["pt", "phi"],
      ([pt, phi], [qt, psi]) =>
        (i, j) =>
          Math.sqrt(2 * pt[i]! * qt[j]! * (1 - Math.cos(phi[i]! - psi[j]!))),
    ),
};

/** A metric by name, or a function of two four-vectors. */
export type Metric = MetricName | ((a: FourVector, b: FourVector) => number);

/**
 * A number of each pair of vectors, row by row: `between(l1, l2, "deltaR")`, `between(muons, met, "transverseMass")`.
 * An event-level operand is repeated for the objects of its event. Computed in float64, float32 if both operands are.
 * Throws ShapeError for different shapes and for components the metric needs and the vectors lack, UsageError for an
 * unknown metric.
 */
export function between(a: Column, b: Column, metric: Metric, options: WrapOption = {}): Column {
  const operation = typeof metric === "string" ? `between (${metric})` : "between";
  const [left, right] = readPair(operation, a, b);
  const f = pairFunction(operation, left, right, metric, options);
  const out = new Float64Array(left.rows);
  for (let i = 0; i < out.length; i++) out[i] = f(i, i);
  return numbersLike({ ...left, dtype: pairType(left, right) }, out);
}

/** The metric as a function of row numbers. Throws if it is unknown or the vectors lack components. */
export function pairFunction(
  operation: string,
  a: Vectors,
  b: Vectors,
  metric: Metric,
  { wrap = true }: WrapOption,
): PairFunction {
  if (typeof metric === "function") {
    requireDimension(operation, a, 4);
    requireDimension(operation, b, 4);
    return of(
      a,
      b,
      ["x", "y", "z", "energy"],
      ([x, y, z, t], [px, py, pz, e]) =>
        (i, j) =>
          metric(new FourVector(x[i]!, y[i]!, z[i]!, t[i]!), new FourVector(px[j]!, py[j]!, pz[j]!, e[j]!)),
    );
  }
  if (!Object.hasOwn(metrics, metric))
    throw new CortadoError(
      "UsageError",
      `${operation}: no metric "${metric}". ${whatExists(metric, Object.keys(metrics))}`,
      {
        code: "BadArgument",
      },
    );
  const least = needs[metric];
  for (const v of [a, b]) requireDimension(operation, v, least);
  return metrics[metric](a, b, wrap);
}

/** float32 if both are. */
export function pairType(a: Vectors, b: Vectors): "float32" | "float64" {
  return a.dtype === "float32" && b.dtype === "float32" ? "float32" : "float64";
}

type Many<N extends readonly unknown[]> = { readonly [K in keyof N]: Numbers };

/** A pair function of the same quantities of both. */
function of<const N extends readonly Quantity[]>(
  a: Vectors,
  b: Vectors,
  names: N,
  make: (a: Many<N>, b: Many<N>) => PairFunction,
): PairFunction {
  const read = (v: Vectors): Many<N> => names.map((name) => quantity(v, name)) as unknown as Many<N>;
  return make(read(a), read(b));
}

function absolute(f: PairFunction): PairFunction {
  return (i, j) => Math.abs(f(i, j));
}

function root(f: PairFunction): PairFunction {
  return (i, j) => Math.sqrt(f(i, j));
}

/** Δ² of a direction along the beam plus Δφ². */
function squares(along: "eta" | "rapidity", a: Vectors, b: Vectors, wrap: boolean): PairFunction {
  return of(a, b, [along, "phi"], ([eta, phi], [theta, psi]) => (i, j) => {
    const [h, f] = [eta[i]! - theta[j]!, phi[i]! - psi[j]!];
    const turn = wrap ? wrapPhi(f) : f;
    return h * h + turn * turn;
  });
}

/** The product of the momenta; 0 where it is undefined, as the reference has it. */
function spaceProduct(a: Vectors, b: Vectors): PairFunction {
  const polar = [a, b].every(({ system }) => system.plane === "polar" && system.beam === "eta");
  const product: PairFunction = polar
    ? of(
        a,
        b,
        ["pt", "eta", "phi"],
        ([pt, eta, phi], [qt, theta, psi]) =>
          (i, j) =>
            pt[i]! * qt[j]! * (Math.cos(phi[i]! - psi[j]!) + Math.sinh(eta[i]!) * Math.sinh(theta[j]!)),
      )
    : dimensionOf(a.system) === 2
      ? of(
          a,
          b,
          ["x", "y"],
          ([x, y], [px, py]) =>
            (i, j) =>
              x[i]! * px[j]! + y[i]! * py[j]!,
        )
      : of(
          a,
          b,
          ["x", "y", "z"],
          ([x, y, z], [px, py, pz]) =>
            (i, j) =>
              x[i]! * px[j]! + y[i]! * py[j]! + z[i]! * pz[j]!,
        );
  return (i, j) => {
    const value = product(i, j);
    return Number.isNaN(value) ? 0 : value;
  };
}
