import { CortadoError } from "../errors.ts";

/** Notes that are written to UHI and read from it, and mean nothing to cortado. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;

/** What every axis has. An empty name means that the axis is filled by position. */
export interface AxisText {
  readonly name: string;
  readonly label: string;
  /** Absent without any. */
  readonly metadata?: Metadata;
}

/** Name and label of an axis; the label is what a figure shows and may hold the unit. */
export interface AxisTextOptions {
  readonly name?: string;
  readonly label?: string;
  readonly metadata?: Metadata;
}

/** Which flow bins a numeric axis has: both unless told; `flow` sets both. */
export interface FlowOptions extends AxisTextOptions {
  readonly underflow?: boolean;
  readonly overflow?: boolean;
  readonly flow?: boolean;
}

/** How a numeric axis ends, besides its flow bins: not at all if it is circular or grows. */
export interface NumericOptions extends FlowOptions {
  /** The ends meet: a value outside is moved by whole turns; one overflow bin keeps NaN and infinities. */
  readonly circular?: boolean;
  /** Finite values outside add bins; infinities and NaN never do. */
  readonly growth?: boolean;
}

/** The ends of a numeric axis. */
export interface AxisEnds {
  readonly underflow: boolean;
  readonly overflow: boolean;
  readonly circular: boolean;
  readonly growth: boolean;
}

/** Names that mean something else in a fill. */
const reserved = ["weight", "sample"];

export function axisText(options: AxisTextOptions): AxisText {
  const { name = "", label = "", metadata } = options;
  if (reserved.includes(name)) throw badArgument(`An axis cannot be called "${name}": a fill uses this word itself.`);
  return { name, label, ...ownMetadata(metadata) };
}

/**
 * The field `metadata`, or nothing without any.
 *
 * @throws UsageError for a name or label among it, which have fields of their own, and other values than UHI has.
 */
export function ownMetadata(metadata: Metadata | undefined): { readonly metadata?: Metadata } {
  const entries = Object.entries(metadata ?? {});
  for (const [key, value] of entries) {
    if ((key === "name" || key === "label") && typeof value === "string")
      throw badArgument(`The ${key} ${JSON.stringify(value)} is no metadata: it has an option of its own.`);
    if (!["string", "number", "boolean"].includes(typeof value))
      throw badArgument(`Metadata are strings, numbers and booleans; "${key}" is ${JSON.stringify(value)}.`);
  }
  return entries.length === 0 ? {} : { metadata: Object.fromEntries(entries) };
}

/**
 * The ends of a continuous axis, or of an axis of integers: this one has no flow bins where it is circular or grows.
 *
 * @throws UsageError for options that exclude each other.
 */
export function axisEnds(options: NumericOptions, values: "continuous" | "integers"): AxisEnds {
  const { circular = false, growth = false, flow = true } = options;
  if (circular && growth) throw badArgument("An axis cannot be circular and grow.");
  const bare = values === "integers" && (circular || growth);
  const underflow = options.underflow ?? (flow && !circular && !bare);
  const overflow = options.overflow ?? (flow && !bare);
  if (circular && underflow) throw badArgument("A circular axis has no underflow bin.");
  if (bare && overflow)
    throw badArgument(`${circular ? "A circular" : "A growing"} axis of integers has no flow bins.`);
  if (bare && underflow) throw badArgument("A growing axis of integers has no flow bins.");
  if (!bare && growth && !(underflow && overflow))
    throw badArgument("A growing axis has both flow bins, for infinities and NaN.");
  if (!bare && circular && !overflow) throw badArgument("A circular axis has an overflow bin, for infinities and NaN.");
  return { underflow, overflow, circular, growth };
}

/** `, circular` or `, growing` for a description; empty for an axis with ordinary ends. */
export function endsText(ends: Pick<AxisEnds, "circular" | "growth">): string {
  return `${ends.circular ? ", circular" : ""}${ends.growth ? ", growing" : ""}`;
}

export function badArgument(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
