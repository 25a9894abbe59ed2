import { CortadoError } from "../errors.ts";

/** What every axis has. An empty name means that the axis is filled by position. */
export interface AxisText {
  readonly name: string;
  readonly label: string;
}

/** Name and label of an axis; the label is what a figure shows and may hold the unit. */
export interface AxisTextOptions {
  readonly name?: string;
  readonly label?: string;
}

/** Which flow bins a numeric axis has: both unless told; `flow` sets both. */
export interface FlowOptions extends AxisTextOptions {
  readonly underflow?: boolean;
  readonly overflow?: boolean;
  readonly flow?: boolean;
}

/** Names that mean something else in a fill. */
const reserved = ["weight", "sample"];

export function axisText(options: AxisTextOptions): AxisText {
  const { name = "", label = "" } = options;
  if (reserved.includes(name)) throw badAxis(`An axis cannot be called "${name}": a fill uses this word itself.`);
  return { name, label };
}

export function flowBins(options: FlowOptions): { readonly underflow: boolean; readonly overflow: boolean } {
  const { flow = true, underflow = flow, overflow = flow } = options;
  return { underflow, overflow };
}

export function badAxis(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
