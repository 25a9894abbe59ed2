/** Histograms of variables and of categories after each of several steps, filled in `process`, where the events are. */
import { CortadoError } from "../errors.ts";
import { type Axis, axis, Hist } from "../hist/index.ts";
import { at, type Column, fromList, nanmax, nanmin, type PrimitiveColumn } from "../jagged/index.ts";
import type { CutEvents } from "./cut-events.ts";
import { withoutWeights, type YieldOptions } from "./cut-yields.ts";
import { type EventNumbers, isSource, maskColumn } from "./event-values.ts";

/** A variable: one number for each event, or, as a column, a list of them. */
export type Variable = EventNumbers;

export interface CutPlotOptions {
  /** Axes by variable. Without one: `bins` from `start` to `stop`. */
  readonly axes?: Readonly<Record<string, Axis>>;
  /** 20 unless told. */
  readonly bins?: number;
  /** Just below the smallest value of these events unless told. Chunks only add up with the same axes: give `start` and `stop`, or `axes`. */
  readonly start?: number;
  /** Just above the largest value unless told. */
  readonly stop?: number;
  /** Fills weights. */
  readonly weighted?: boolean;
}

/** Categories of events: an axis, and for each event its category, or a list of them. */
export interface Categories {
  readonly axis: Axis;
  readonly values: Variable | readonly string[];
}

/** Steps, and which events are left after each. */
export interface Steps {
  /** What the axis of the steps is called. */
  readonly name: string;
  readonly labels: readonly string[];
  readonly masks: readonly Uint8Array[];
  readonly events: CutEvents;
}

/** Histograms by variable: an axis for the variable, then one for the steps. */
export function plotVariables(
  variables: Readonly<Record<string, Variable>>,
  steps: Steps,
  options: CutPlotOptions = {},
): Record<string, Hist> {
  const wrong = Object.keys(options.axes ?? {}).find((name) => !Object.hasOwn(variables, name));
  if (wrong !== undefined)
    throw new CortadoError("UsageError", `plotVars: there is an axis for "${wrong}", which is no variable`, {
      code: "BadArgument",
    });
  const { weighted = false } = options;
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => {
      const column = columnOf(variable, name, steps.events.size);
      const own = options.axes?.[name] ?? rangeAxis(name, column, options);
      const hist = emptyHist([own.name === "" ? { ...own, name } : own, stepAxis(steps)]);
      return [name, fillSteps(hist, own.name || name, column, steps, { weighted })];
    }),
  );
}

/** Yields by step and category; an event of several categories counts in each. */
export function plotCategories({ axis: own, values }: Categories, steps: Steps, options: YieldOptions): Hist {
  const column = columnOf(values, own.name, steps.events.size);
  return fillSteps(emptyHist([stepAxis(steps), own]), own.name, column, steps, options);
}

function fillSteps(hist: Hist, name: string, column: Column, steps: Steps, options: YieldOptions): Hist {
  const { weighted = false, scale = 1 } = options;
  const { weights } = steps.events;
  if (weighted && weights === null) throw withoutWeights("weighted");
  const scaled = weighted ? numbers(weights!.map((w) => scale * w)) : undefined;
  for (const [k, mask] of steps.masks.entries()) {
    const chosen = maskColumn(mask);
    const weight = scaled === undefined ? scale : (at(scaled, chosen) as Column);
    hist.fill({ [name]: at(column, chosen) as Column, [steps.name]: steps.labels[k]! }, { weight });
  }
  return hist;
}

const stepAxis = ({ name, labels }: Steps): Axis => axis.category(name, { categories: labels, flow: false });

function emptyHist([a, b]: readonly [Axis, Axis]): Hist {
  return Hist.of(a, b, { storage: "weight" });
}

function rangeAxis(name: string, column: Column, { bins = 20, start, stop }: CutPlotOptions): Axis {
  const from = start ?? Number(nanmin(column, { axis: null }) ?? 0) - 1e-6;
  const to = stop ?? Number(nanmax(column, { axis: null }) ?? 1) + 1e-6;
  return axis.regular(bins, from, to, { name });
}

function columnOf(values: Variable | readonly string[], name: string, size: number): Column {
  const column = readColumn(values as Variable);
  if (column.length === size) return column;
  throw new CortadoError("ShapeError", `${name} has ${column.length} values for ${size} events`, {
    code: "LengthMismatch",
  });
}

function readColumn(values: Variable): Column {
  if (isSource(values)) return values.toColumn();
  if (ArrayBuffer.isView(values)) return numbers(Float64Array.from(values as Iterable<unknown>, Number));
  return Array.isArray(values) ? fromList(values) : (values as Column);
}

function numbers(values: Float64Array): PrimitiveColumn<"float64"> {
  return { kind: "primitive", dtype: "float64", values, length: values.length };
}

/** The error for what needs events, asked of a sum over chunks. */
export function withoutEvents(what: string): CortadoError {
  return new CortadoError("UsageError", `${what} needs the events: call it in process and return the histograms`, {
    code: "BadArgument",
  });
}
