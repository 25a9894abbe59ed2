/** The state of a histogram in the form of oracles/hist.json, compared with ours. */
import { expect } from "vitest";
import { type Bin, Hist, type NumericAxis } from "../../src/hist/index.ts";

export type Json = unknown;
interface UhiAxis {
  readonly lower?: number;
  readonly upper?: number;
  readonly edges?: readonly number[];
  readonly writer_info?: { readonly [library: string]: { readonly [key: string]: Json } };
  readonly metadata?: object;
}
interface Arrays {
  readonly type: string;
  readonly [array: string]: Json;
}
export interface State {
  readonly uhi: { readonly axes: readonly UhiAxis[]; readonly storage: Arrays };
  readonly shape: readonly number[];
  readonly extent: readonly number[];
  readonly sum: Json;
  readonly sum_flow: Json;
}

/** @param parts whether the axes are compared, and what lies in which bin, besides shape and sum of everything */
export function expectState(hist: Hist, state: State, { axes, contents } = { axes: true, contents: true }): void {
  if (axes) expectAxes(hist, state.uhi.axes);
  expect(hist.shape()).toEqual(state.shape);
  expect(hist.shape({ flow: true })).toEqual(state.extent);
  if (contents) expectStorage(hist, state.uhi.storage);
  if (contents) expectSum(hist, false, state.sum);
  expectSum(hist, true, state.sum_flow);
}

function expectAxes(hist: Hist, expected: readonly UhiAxis[]): void {
  const { axes } = JSON.parse(JSON.stringify(Hist.of(...hist.axes))) as { axes: UhiAxis[] };
  expect(axes.length).toBe(expected.length);
  for (const [i, want] of expected.map(withoutPlaceholder).entries()) {
    const have = axes[i]!;
    expect(withoutNumbers(have)).toEqual(withoutNumbers(want));
    closeEdges(rangeOf(have), rangeOf(want));
  }
}

/** The numbers that rounding may change. Notes on a transform hold the range again; ours is the one that was asked for. */
function rangeOf({ lower, upper, edges = [] }: UhiAxis): number[] {
  return [lower, upper, ...edges].filter((x) => x !== undefined);
}

function withoutNumbers({ lower, upper, edges, writer_info, ...rest }: UhiAxis): object {
  const { lower: l, upper: u, ...notes } = writer_info?.["boost-histogram"] ?? {};
  return { ...rest, count: edges?.length, notes, numbers: [lower, upper, l, u].map((x) => typeof x) };
}

/** The reference writes "Axis 0" as the label of an axis without a name. */
function withoutPlaceholder(a: UhiAxis): UhiAxis {
  const { name, label } = a.metadata as { name: string; label: string };
  return { ...a, metadata: { name, label: name === "" && /^Axis \d+$/.test(label) ? "" : label } };
}

const uhiKinds = { double: "double", int64: "int", weight: "weighted", mean: "mean", weightedMean: "weighted_mean" };

/** The JSON nests as the reference nests; a cell that JSON cannot hold is refused. */
function expectStorage(hist: Hist, expected: Arrays): void {
  const { type, ...arrays } = expected;
  expect(uhiKinds[hist.storage.kind]).toBe(type);
  const weights = flat(arrays["counts"] ?? arrays["sum_of_weights"] ?? []);
  const means = weights.length > 0;
  const values = flat(arrays["values"]).map((x, i) => (weights[i] === 0 ? 0 : x));
  if (values.some((value) => !Number.isFinite(value))) {
    expect(() => JSON.stringify(hist)).toThrow(/cell \[/);
    close(hist.values({ flow: true }), values, means);
    return;
  }
  const written = JSON.parse(JSON.stringify(hist)).storage as Arrays;
  expect(Object.keys(written).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, cells] of Object.entries(arrays)) {
    expect(skeleton(written[name])).toBe(skeleton(Array.isArray(cells) ? cells : [cells]));
    // the mean of nothing and the variance of a single sample are no numbers; they are written as 0
    const want = flat(cells).map((x, i) => (means && (weights[i] === 0 || Number.isNaN(x)) ? 0 : x));
    close(flat(written[name]), want, means);
  }
}

const skeleton = (nested: Json): string => JSON.stringify(nested).replace(/[^[\],]+/g, "n");

export function expectSum(hist: Hist, flow: boolean, expected: Json): void {
  if (typeof expected !== "object" || expected === null) close([hist.sum({ flow })], [expected]);
  else {
    const { value, variance } = expected as { value: Json; variance: Json };
    close(
      [hist.sum({ flow }), hist.sumVariance({ flow }) as number],
      [value, variance],
      "count" in expected || "sum_of_weights" in expected,
    );
  }
}

/** One bin against an accumulator of the reference, or a number. */
export function expectBin(bin: Bin, expected: Json): void {
  const numbersOf = typeof expected === "object" && expected !== null ? expected : { value: expected };
  const names = {
    value: "value",
    variance: "variance",
    count: "count",
    sum_of_weights: "sumOfWeights",
    sum_of_weights_squared: "sumOfWeightsSquared",
  } as const;
  for (const [name, number] of Object.entries(numbersOf)) {
    const own = names[name as keyof typeof names];
    if (own === undefined) throw new Error(`no ${name} in an accumulator`);
    close([bin[own] as number], [number], "count" in numbersOf || "sum_of_weights" in numbersOf);
  }
}

/**
 * Equal length; whole numbers exactly, others to a relative 1e-13 as the oracles promise for weighted sums, or 1e-10 for
 * means and their variances.
 */
export function close(found: ArrayLike<number> | undefined, expected: Json, means = false): void {
  const want = flat(expected);
  const have = Array.from(found ?? []);
  expect(have.length).toBe(want.length);
  const tolerance = means ? 1e-10 : 1e-13;
  want.forEach((value, i) => {
    if (!Number.isFinite(value)) expect(have[i]).toBe(value);
    else if (value === 0) expect(Math.abs(have[i]!)).toBe(0);
    else if (Number.isInteger(value) && !means) expect(have[i]).toBe(value);
    else expect(Math.abs(have[i]! - value)).toBeLessThanOrEqual(tolerance * Math.abs(value));
  });
}

/**
 * Edges agree exactly where the bins of a regular axis have a dyadic width, else to 1e-15 of the range: the reference
 * keeps start and stop - start, and its last edge is the rounded sum of the two.
 */
export function closeEdges(found: ArrayLike<number>, expected: Json, axis?: NumericAxis): void {
  const have = Array.from(found);
  const want = expected as number[];
  const edges = axis === undefined ? want : [...axis.edges];
  const scale = Math.max(...edges.map(Math.abs));
  const exact = Number.isInteger(((edges.at(-1)! - edges[0]!) / (edges.length - 1)) * 1024);
  expect(have.length).toBe(want.length);
  want.forEach((edge, i) => {
    expect(Math.abs(have[i]! - edge)).toBeLessThanOrEqual(exact ? 0 : 1e-15 * scale);
  });
}

const flat = (nested: Json): number[] => [nested].flat(9).map(numbers) as number[];

/** "nan", "inf" and "-inf" as numbers, at any depth. */
export function numbers(value: Json): Json {
  if (Array.isArray(value)) return value.map(numbers);
  const words: Record<string, number> = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity };
  return typeof value === "string" ? (words[value] ?? value) : value;
}
