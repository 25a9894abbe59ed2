/** The operations of oracles/hist.json by our names. */
import { expect } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import { centers, type Hist, isCategorical, type NumericAxis, sum, widths } from "../../src/hist/index.ts";
import { categoryAt, numericBin } from "../../src/hist/place.ts";
import { rangeOfJson, selectionOf } from "./reference-selection.ts";
import { close, closeEdges, expectBin, expectState, type Json, numbers, type State } from "./reference-state.ts";

export function runOperation(
  hist: Hist,
  other: Hist | undefined,
  op: readonly [string, ...Json[]],
  result: Json,
): void {
  const expected = result as { error?: string; data?: Json; accumulator?: Json; hist?: State };
  if (expected.error !== undefined) {
    let error: unknown;
    try {
      apply(hist, other, op);
    } catch (thrown) {
      error = thrown;
    }
    expect(
      isCortadoError(error) && ["UsageError", "MergeError", "ShapeError"].includes(error.kind),
      `${op}: ${error}`,
    ).toBe(true);
    return;
  }
  const found = apply(hist, other, op);
  const [name, argument] = op;
  if (expected.hist !== undefined) expectState(found as Hist, expected.hist);
  else if (name === "sum") expectBin(allOf(hist, argument === true), expected.accumulator ?? expected.data);
  else if (name === "index") expectBin(hist.bin(selectionOf(argument, hist)), expected.accumulator ?? expected.data);
  else if (name === "axis_index" || name === "equal") expect(found).toEqual(expected.data);
  else if (name === "widths") closeEdges(found as Float64Array, expected.data, hist.axes[0] as NumericAxis);
  else if (name === "edges" || name === "centers") closeEdges(found as Float64Array, expected.data);
  else if (expected.data === null) expect(found).toBeUndefined();
  else close(found as Float64Array, expected.data, hist.storage.kind.endsWith("ean"));
}

/** What the operation gives: a histogram, an array, or numbers. */
function apply(hist: Hist, other: Hist | undefined, [name, ...args]: readonly [string, ...Json[]]): unknown {
  const [first] = args;
  const flow = first === true;
  const second = (): Hist => {
    if (other === undefined) throw new Error(`${name} without a second histogram`);
    return other;
  };
  switch (name) {
    case "values":
      return hist.values({ flow });
    case "variances":
      return hist.variances({ flow });
    case "counts":
      return hist.counts({ flow });
    case "density":
      return hist.density();
    case "cumulative":
      return hist.cumulative({ flow });
    case "sum":
      return hist.sum({ flow });
    case "edges":
      return (hist.axes[0] as NumericAxis).edges;
    case "centers":
      return centers(hist.axes[0] as NumericAxis);
    case "widths":
      return widths(hist.axes[0] as NumericAxis);
    case "axis_index":
      return (first as Json[]).map((value) => indexOn(hist, numbers(value)));
    case "index":
      return hist.at(selectionOf(first, hist));
    case "integrate":
      return Array.isArray(args[1])
        ? hist.at({ [first as string]: args[1] }).at({ [first as string]: sum })
        : hist.at({ [first as string]: rangeOfJson([args[1] ?? null, args[2] ?? null, "sum"]) });
    case "project":
      return hist.project(...(args as (string | number)[]));
    case "profile":
      return hist.profile(first as string);
    case "sort":
      return hist.sort(first as number, { reverse: args[1] === true });
    case "add":
      return hist.add(second());
    case "subtract":
      return hist.subtract(second());
    case "multiply":
      return hist.multiply(second());
    case "divide":
      return hist.divide(second());
    case "equal":
      return Number(hist.equals(second()));
    case "scale":
      return hist.scale(first as number);
    case "array_scale":
      return hist.scale(first as number[]);
    case "divide_by":
      return hist.scale(1 / (first as number));
    case "add_scalar":
      return hist.add(first as number);
    case "reset":
      return hist.copy().reset();
    default:
      throw new Error(`no operation ${name}`);
  }
}

/** Everything in one bin: by projection with flow, by closed ranges without. */
function allOf(hist: Hist, flow: boolean): ReturnType<Hist["bin"]> {
  if (flow) return hist.project().bin([]);
  return hist.bin(hist.axes.map(() => rangeOfJson([0, "len", "sum"])));
}

function indexOn(hist: Hist, value: Json): number {
  const [axis] = hist.axes;
  if (axis === undefined) throw new Error("no axis");
  return isCategorical(axis) ? categoryAt({ axis, title: "" }, value as string) : numericBin(axis, value as number);
}
