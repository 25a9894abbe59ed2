/** Cases in the form of oracles/hist.json, run against our histograms. The small fixture of our own has the same form. */
import { expect } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import {
  type Axis,
  axis,
  cellCount,
  centers,
  type FillByName,
  type FillByPosition,
  type FillValue,
  firstBin,
  fromUhi,
  Hist,
  isCategorical,
  type NumericAxis,
  type StorageKind,
  widths,
} from "../../src/hist/index.ts";
import { fromList } from "../../src/jagged/index.ts";

type Json = unknown;
interface AxisSpec {
  readonly type: string;
  readonly [option: string]: Json;
}
interface Fill {
  readonly values: readonly Json[] | { readonly [axis: string]: Json };
  readonly weight?: Json;
  readonly sample?: Json;
}
export interface Spec {
  readonly axes: readonly AxisSpec[];
  readonly storage: string;
  readonly fills?: readonly Fill[];
}
interface Typed {
  readonly type: string;
  readonly data: Json;
}
interface UhiAxis {
  readonly lower?: number;
  readonly upper?: number;
  readonly metadata?: object;
}
interface State {
  readonly uhi: {
    readonly axes: readonly UhiAxis[];
    readonly storage: { readonly type: string };
  };
  readonly shape: readonly number[];
  readonly extent: readonly number[];
  readonly sum: Json;
  readonly sum_flow: Json;
}
export interface ReferenceCase {
  readonly id: string;
  readonly spec?: Spec;
  readonly spec2?: Spec;
  readonly inputs?: { readonly [column: string]: Typed };
  readonly interval?: string;
  readonly filled?: State | { readonly error: string };
  readonly ops?: readonly { readonly op: readonly [string, ...Json[]]; readonly result: Json }[];
}

/** What a case came to: how many operations were compared, and why others were left. */
export interface Outcome {
  readonly ran: boolean;
  readonly ops: number;
  readonly left: readonly string[];
}

const leave = (reason: string): Outcome => ({ ran: false, ops: 0, left: [reason] });

/** Why histograms of this spec are not supported yet; undefined if they are. */
export function whyNot(spec: Spec): string | undefined {
  if (spec.storage !== "double" && spec.storage !== "weight") return `storage ${spec.storage}`;
  for (const a of spec.axes) {
    if (a.type === "boolean") return "boolean axis";
    for (const option of ["transform", "circular"]) if (a[option] !== undefined) return `${option} axis`;
    if (a["growth"] === true && !a.type.endsWith("category")) return "growing numeric axis";
  }
  return undefined;
}

export function runCase(reference: ReferenceCase): Outcome {
  if (reference.interval !== undefined) return leave("intervals");
  if (reference.inputs !== undefined) return runJagged(reference);
  const { spec, spec2, filled, ops = [] } = reference;
  if (spec === undefined) return leave("no histogram");
  const reason = whyNot(spec) ?? (spec2 && whyNot(spec2));
  if (reason !== undefined) return leave(reason);
  if (filled !== undefined && "error" in filled) {
    expect(() => build(spec)).toThrow(
      expect.objectContaining({ kind: expect.stringMatching(/ShapeError|UsageError/) }),
    );
    return { ran: true, ops: 0, left: [] };
  }
  const hist = build(spec);
  if (filled !== undefined) expectState(hist, filled);
  const left: string[] = [];
  let count = 0;
  for (const { op, result } of ops) {
    const why = runOperation(hist, spec2 && build(spec2), op, result);
    if (why === undefined) count++;
    else left.push(why);
  }
  return { ran: true, ops: count, left };
}

/** The columns are filled as they are; what the reference flattens first is the same histogram. */
function runJagged({ inputs = {}, filled }: ReferenceCase): Outcome {
  if (filled === undefined || "error" in filled) return leave("jagged input the reference refuses and we fill");
  const empty = { ...filled.uhi, storage: { type: filled.uhi.storage.type } };
  const hist = fromUhi(empty);
  const column = ({ type, data }: Typed) => fromList(data as never, type.replace(/^\d+ \* /, ""));
  hist.fill(Object.fromEntries(Object.entries(inputs).map(([name, typed]) => [name, column(typed)])));
  expectState(hist, filled);
  return { ran: true, ops: 0, left: [] };
}

function build(spec: Spec): Hist {
  const hist = Hist.of(...spec.axes.map(axisOf), { storage: spec.storage as StorageKind });
  for (const { values, ...options } of spec.fills ?? []) {
    const given = Array.isArray(values) ? values.map(numbers) : mapValues(values as object, numbers);
    hist.fill(given as FillByName | FillByPosition, mapValues(options, numbers) as { weight?: FillValue });
  }
  return hist;
}

function axisOf(spec: AxisSpec): Axis {
  const options = spec as { name?: string; label?: string; growth?: boolean };
  switch (spec.type) {
    case "regular":
      return axis.regular(spec["bins"] as number, spec["start"] as number, spec["stop"] as number, options);
    case "variable":
      return axis.variable(spec["edges"] as number[], options);
    case "integer":
      return axis.integer(spec["start"] as number, spec["stop"] as number, options);
    case "strcategory":
      return axis.category(options.name ?? "", { ...options, growth: options.growth ?? false });
    case "intcategory":
      return axis.intCategory(options.name ?? "", { ...options, growth: options.growth ?? false });
    default:
      throw new Error(`no axis ${spec.type}`);
  }
}

function runOperation(
  hist: Hist,
  other: Hist | undefined,
  op: readonly [string, ...Json[]],
  result: Json,
): string | undefined {
  const [name, argument] = op;
  const flow = argument === true;
  const expected = (result as Typed | undefined)?.data;
  switch (name) {
    case "values":
      close(hist.values({ flow }), expected);
      return undefined;
    case "variances":
      if (expected === null) expect(hist.variances({ flow })).toBeUndefined();
      else close(hist.variances({ flow }), expected);
      return undefined;
    case "sum":
      expectSum(hist, flow, expected ?? (result as { accumulator: Json }).accumulator);
      return undefined;
    case "edges":
      closeEdges((hist.axes[0] as NumericAxis).edges, expected);
      return undefined;
    case "centers":
      closeEdges(centers(hist.axes[0] as NumericAxis), expected);
      return undefined;
    case "widths":
      closeEdges(widths(hist.axes[0] as NumericAxis), expected, hist.axes[0] as NumericAxis);
      return undefined;
    case "axis_index":
      expect((argument as Json[]).map((value) => binOf(hist.axes[0]!, numbers(value)))).toEqual(expected);
      return undefined;
    case "add":
      return runAdd(hist, other!, result);
    default:
      return `operation ${name}`;
  }
}

function runAdd(hist: Hist, other: Hist, result: Json): string | undefined {
  if ((result as object) instanceof Object && "error" in (result as object)) {
    let error: unknown;
    try {
      hist.add(other);
    } catch (e) {
      error = e;
    }
    expect(isCortadoError(error, "MergeError")).toBe(true);
    return undefined;
  }
  const more = other.axes.some((a, i) => cellCount(a) > cellCount(hist.axes[i]!) && !isCategorical(a));
  if (more) return "addition where we keep the flow bins of both";
  expectState(hist.add(other), (result as { hist: State }).hist);
  return undefined;
}

/** The bin of a value: -1 for underflow, the number of bins for overflow, as the reference counts. */
function binOf(a: Axis, value: Json): number {
  const flowing: Axis = isCategorical(a) ? a : { ...a, underflow: true };
  const cells = Hist.of(flowing)
    .fill([value as FillValue])
    .values({ flow: true });
  const cell = cells.indexOf(1);
  return cell < 0 ? cells.length - firstBin(flowing) : cell - firstBin(flowing);
}

function expectState(hist: Hist, state: State): void {
  const { axes } = JSON.parse(JSON.stringify(Hist.of(...hist.axes)));
  for (const [i, expected] of state.uhi.axes.map(withoutPlaceholder).entries()) {
    const { lower, upper, ...rest } = expected;
    expect(axes[i]).toMatchObject(rest);
    expect(Object.keys(axes[i]).toSorted()).toEqual(Object.keys(expected).toSorted());
    if (lower !== undefined) closeEdges([axes[i].lower, axes[i].upper], [lower, upper]);
  }
  expect(axes.length).toBe(state.uhi.axes.length);
  const { type, values, variances } = state.uhi.storage as { type: string; values: Json; variances?: Json };
  expect(hist.storage.kind === "weight" ? "weighted" : hist.storage.kind).toBe(type);
  close(hist.storage.values, values);
  if (hist.storage.kind === "weight") close(hist.storage.variances, variances);
  expectWritten(hist, values, variances);
  expect(hist.shape()).toEqual(state.shape);
  expect(hist.shape({ flow: true })).toEqual(state.extent);
  expectSum(hist, false, state.sum);
  expectSum(hist, true, state.sum_flow);
}

/** The JSON nests as the reference nests; a cell that JSON cannot hold is refused. */
function expectWritten(hist: Hist, values: Json, variances: Json): void {
  if (/"(nan|-?inf)"/.test(JSON.stringify([values, variances]))) {
    expect(() => JSON.stringify(hist)).toThrow(/cell \[\d/);
    return;
  }
  const written = JSON.parse(JSON.stringify(hist)).storage;
  expect(skeleton(written.values)).toBe(skeleton(Array.isArray(values) ? values : [values]));
  close(written.values.flat(9), values);
}

const skeleton = (nested: Json): string => JSON.stringify(nested).replace(/[^[\],]+/g, "n");

/** The reference writes "Axis 0" as the label of an axis without a name. */
function withoutPlaceholder(a: UhiAxis): UhiAxis {
  const { name, label } = a.metadata as { name: string; label: string };
  return { ...a, metadata: { name, label: name === "" && /^Axis \d+$/.test(label) ? "" : label } };
}

function expectSum(hist: Hist, flow: boolean, expected: Json): void {
  if (typeof expected === "object") {
    const { value, variance } = expected as { value: Json; variance: Json };
    close([hist.sum({ flow }), hist.sumVariance({ flow }) as number], [value, variance]);
  } else close([hist.sum({ flow })], [expected]);
}

/** Equal shape; integers exactly, others to a relative 1e-13 as the oracles promise for weighted sums. */
function close(found: ArrayLike<number> | undefined, expected: Json): void {
  const want = ([expected].flat(9) as Json[]).map(numbers) as number[];
  const have = Array.from(found ?? []);
  expect(have.length).toBe(want.length);
  want.forEach((value, i) => {
    if (!Number.isFinite(value)) expect(have[i]).toBe(value);
    else if (Number.isInteger(value)) expect(have[i]).toBe(value === 0 ? have[i]! * 0 : value);
    else expect(Math.abs(have[i]! - value)).toBeLessThanOrEqual(1e-13 * Math.abs(value));
  });
}

/**
 * Edges agree exactly where the bins of a regular axis have a dyadic width, else to 1e-15 of the range: the reference
 * keeps start and stop - start, and its last edge is the rounded sum of the two.
 */
function closeEdges(found: ArrayLike<number>, expected: Json, axis?: NumericAxis): void {
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

/** "nan", "inf" and "-inf" as numbers, at any depth. */
function numbers(value: Json): Json {
  if (Array.isArray(value)) return value.map(numbers);
  const words: Record<string, number> = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity };
  return typeof value === "string" ? (words[value] ?? value) : value;
}

function mapValues(object: object, map: (value: Json) => Json): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
