/** How far an answer may be from the oracle's: the `tolerance` of the file, and the rounding of the formulas. */
import { type Column, toList } from "../../src/jagged/index.ts";
import { add, type Property, property, vectors } from "../../src/vector/index.ts";
import { type Case, cut, decode, inner, inputs, type Typed } from "./vector-oracle-operations.ts";

/** Everything in a column, one after the other, whatever the lists. */
const flatten = (column: Column): unknown[] => (toList(column) as unknown[][]).flat(Number.POSITIVE_INFINITY);

export const toNumber = (value: unknown): number => (typeof value === "bigint" ? Number(value) : (value as number));

export const shapeOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(shapeOf) : value === null ? null : typeof value === "boolean" ? "bool" : 0;

const angle = (difference: number): number => Math.abs(Math.atan2(Math.sin(difference), Math.cos(difference)));

/** What sets the scale of the rounding of a row. */
export interface Scale {
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

export function scales(given: Case, rows: number): Scale[] {
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
 * difference of large ones, the rounding of those, in units of the last place, by the formula of the number. "all
 * rounding" is the verdict where nothing else is left of the number, here or in the reference.
 */
export function agree(
  given: Case,
  name: string,
  got: number,
  expected: number,
  scale: Scale,
): boolean | "all rounding" {
  if (Object.is(got, expected) || got === expected) return true;
  const { energy, gamma, pt, float32 } = scale;
  const edge = given.inputs.some((input) => input.startsWith("edge_"));
  const ulp = float32 ? 2 ** -23 : 2 ** -52;
  // γ from a velocity or from a mass that is itself E² − p² loses γ² units: beyond this it is all rounding.
  const lost = /boost_beta3|boostCM_of_sum/.test(given.op) ? 8 * ulp * gamma * gamma : 0;
  if (lost > 0.01 || Number.isNaN(lost)) return "all rounding";
  // The reference adds polar vectors in polar form; with an infinite operand its answer is another infinity or NaN.
  if (sums.test(given.op) && !scale.finite && !Number.isFinite(got)) return "all rounding";
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
  if (name === "phi" || name === "add_phi") return pt <= noise ? "all rounding" : angle(got - expected) <= noise / pt;
  if (name === "eta") return pt <= noise ? "all rounding" : difference <= noise / pt;
  return false;
}

/** The reference asks for the sign of E² − p² as rounded: where that is all rounding, its answer is by chance. */
const causal = new Set(["is_timelike", "is_spacelike", "is_lightlike"]);

export function byChance(given: Case, name: string, row: number): boolean {
  if (!causal.has(name)) return false;
  const v = vectors(inputs.get(given.inputs[0]!)!);
  const [energy, mass2] = [property(v, "energy"), property(v, "mass2")].map((column) => toList(column)[row] as number);
  const ulp = given.inputs[0]!.includes("f32") ? 2 ** -23 : 2 ** -52;
  return !(Math.abs(mass2!) > 8 * ulp * energy! * energy!);
}
