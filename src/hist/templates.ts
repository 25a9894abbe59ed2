/** The templates in a histogram over regions, processes and variations: what statistical models are made of. */
import { badArgument } from "./axis-options.ts";
import type { HistData } from "./hist-data.ts";
import { categoryAt } from "./place.ts";
import { axisRoles, type TemplateAxes } from "./template-axes.ts";
import { type Systematic, systematicsOf } from "./template-variations.ts";
import {
  binTitle,
  mirrored,
  outsideCategories,
  type Row,
  requireYields,
  rowsOf,
  type TemplateFlow,
  type Yields,
} from "./template-yields.ts";

export interface TemplateOptions {
  readonly axes?: TemplateAxes;
  /** What lies outside of the bins: left out, or overflow, where NaN is too, added to the last bin and underflow left out. */
  readonly flow: TemplateFlow;
  /** The process that was measured and not predicted. */
  readonly observed?: string | number;
  /** The channel of a histogram without regions; the name of the observable unless told. */
  readonly channel?: string;
  /** The category of the variation axis where nothing is varied, `"nominal"` unless told. */
  readonly nominal?: string | number;
  /** Lets bins below 0 pass, which are an error otherwise. */
  readonly allowNegative?: boolean;
  /** Takes 2 nominal - given for the other side of a variation that has only one, which is an error otherwise. */
  readonly symmetrise?: boolean;
}

export interface Variation {
  readonly name: string;
  readonly up: Yields;
  readonly down: Yields;
}

export interface Sample {
  readonly name: string;
  readonly nominal: Yields;
  readonly variations: readonly Variation[];
}

export interface Channel {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Undefined if nothing was measured. */
  readonly observed: Yields | undefined;
}

export interface Templates {
  readonly channels: readonly Channel[];
  /** `bins + 1` edges of the observable. */
  readonly edges: Float64Array;
  readonly warnings: readonly string[];
}

/**
 * The templates of every channel and sample. What was never filled, a sample in a channel or a variation of a sample, is
 * left out there with a warning.
 *
 * @throws UsageError for axes that do not fit, categories that do not exist, storages without variances, bins that are not
 * finite or below 0, variations with one side, and channels without any prediction.
 */
export function templatesOf(hist: HistData, options: TemplateOptions): Templates {
  const { axes = {}, flow } = options;
  if (flow !== "drop" && flow !== "fold-last")
    throw badArgument(
      `Templates have no flow bins: { flow: "drop" } or { flow: "fold-last" }, not ${JSON.stringify(flow)}.`,
    );
  const roles = axisRoles(hist.axes, axes);
  const { region, process, variation, observable } = roles;
  const rows = rowsOf(hist, roles, flow);
  const warnings = outsideCategories(hist, roles);
  const nominal = variation === undefined ? 0 : categoryAt(variation, options.nominal ?? "nominal");
  const observed = options.observed === undefined ? -1 : categoryAt(process, options.observed);
  const systematics = variation === undefined ? [] : systematicsOf(variation.axis.categories.map(String), nominal);
  const { edges } = observable.axis;
  const names = region?.axis.categories ?? [options.channel ?? (observable.axis.name || "channel")];
  const channels = names.map((category, r): Channel => {
    const name = String(category);
    const samples = process.axis.categories.flatMap((sample, p): Sample[] => {
      if (p === observed) return [];
      const where = `Channel "${name}", sample "${sample}"`;
      const row = (v: number): Row => rows(r, p, v);
      const found = readSample({ name: String(sample), where, row, nominal, systematics, edges, options, warnings });
      return found === undefined ? [] : [found];
    });
    if (samples.length === 0) throw badArgument(`Channel "${name}" has no prediction: no process was filled there.`);
    const data = observed < 0 ? undefined : rows(r, observed, nominal);
    if (data !== undefined) requireYields(data, `Channel "${name}", observed`, edges, options.allowNegative === true);
    return { name, samples, observed: data };
  });
  return { channels, edges, warnings };
}

interface Reading {
  readonly name: string;
  /** Channel and sample in a message. */
  readonly where: string;
  readonly row: (variation: number) => Row;
  readonly nominal: number;
  readonly systematics: readonly Systematic[];
  readonly edges: Float64Array;
  readonly options: TemplateOptions;
  /** Added to. */
  readonly warnings: string[];
}

function readSample(reading: Reading): Sample | undefined {
  const { name, where, row, edges, options, warnings } = reading;
  const nominal = row(reading.nominal);
  const variations = reading.systematics.flatMap((systematic) => {
    const found = readVariation(reading, nominal, systematic);
    return found === undefined ? [] : [found];
  });
  if (!nominal.filled && variations.length === 0) {
    warnings.push(`${where}: not filled, left out`);
    return undefined;
  }
  for (const { name: missing } of nominal.filled ? reading.systematics : [])
    if (!variations.some((variation) => variation.name === missing))
      warnings.push(`${where}: variation ${missing} not filled, left out`);
  requireYields(nominal, where, edges, options.allowNegative === true);
  return { name, nominal, variations };
}

/** Undefined where neither side was filled. */
function readVariation(reading: Reading, nominal: Row, systematic: Systematic): Variation | undefined {
  const { row, edges, options, warnings } = reading;
  const { name } = systematic;
  const where = `${reading.where}, variation ${name}`;
  const side = (index: number | undefined): Yields | undefined => {
    const found = index === undefined ? undefined : row(index);
    return found?.filled === true ? found : undefined;
  };
  const [up, down] = [side(systematic.up), side(systematic.down)];
  const given = up ?? down;
  if (given === undefined) return undefined;
  if ((up === undefined || down === undefined) && options.symmetrise !== true)
    throw badArgument(
      `${where}: only ${up === undefined ? "down" : "up"} was filled; { symmetrise: true } takes 2 nominal - given for the other side.`,
    );
  const both = { name, up: up ?? mirrored(nominal, given), down: down ?? mirrored(nominal, given) };
  for (const end of ["up", "down"] as const)
    requireYields(both[end], `${where} ${end}`, edges, options.allowNegative === true);
  const empty = [...nominal.values.keys()].filter(
    (bin) => nominal.values[bin] === 0 && (both.up.values[bin] !== 0 || both.down.values[bin] !== 0),
  );
  if (empty.length > 0)
    warnings.push(`${where}: not 0 where the nominal is, in ${empty.map((bin) => binTitle(edges, bin)).join(", ")}`);
  return both;
}
