/** The bins of one template. */
import { type AnyCategoryAxis, binCount, cellCount, firstBin, type NumericAxis } from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { cellVariances } from "./contents.ts";
import type { HistData } from "./hist-data.ts";
import { strides } from "./layout.ts";
import { holdsMeans } from "./storage.ts";
import { sumOf } from "./sum.ts";
import type { AxisRoles, Role } from "./template-axes.ts";

/** What lies outside of the bins: left out, or the overflow bin added to the last one and the underflow left out. */
export type TemplateFlow = "drop" | "fold-last";

/** One entry for each bin. */
export interface Yields {
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

export interface Row extends Yields {
  /** Whether anything lies in any cell, flow included. */
  readonly filled: boolean;
}

/** The bins at one category each of region, process and variation, by position. */
export type Rows = (region: number, process: number, variation: number) => Row;

/** @throws UsageError for histograms of means, and where the variances are not known. */
export function rowsOf(hist: HistData, roles: AxisRoles, flow: TemplateFlow): Rows {
  const { axes, storage } = hist;
  if (holdsMeans(storage)) throw badArgument("Templates are made of counts; this histogram holds means.");
  const variances = cellVariances(storage);
  if (variances === undefined)
    throw badArgument('Templates need variances, which this histogram does not know: fill one of storage "weight".');
  const stride = strides(axes);
  const { axis, position } = roles.observable;
  const start = (role: Role<AnyCategoryAxis> | undefined, category: number): number =>
    role === undefined ? 0 : category * stride[role.position]!;
  const size = cellCount(axis);
  return (region, process, variation) => {
    const first = start(roles.region, region) + start(roles.process, process) + start(roles.variation, variation);
    const cells = (all: Float64Array): Float64Array =>
      Float64Array.from({ length: size }, (_, cell) => all[first + cell * stride[position]!]!);
    const [values, squares] = [cells(storage.values), cells(variances)];
    const filled = values.some((content) => content !== 0) || squares.some((content) => content !== 0);
    return { values: binsOf(values, axis, flow), variances: binsOf(squares, axis, flow), filled };
  };
}

function binsOf(cells: Float64Array, axis: NumericAxis, flow: TemplateFlow): Float64Array {
  const [first, count] = [firstBin(axis), binCount(axis)];
  const bins = cells.slice(first, first + count);
  if (flow === "fold-last" && axis.overflow) bins[count - 1]! += cells[first + count]!;
  return bins;
}

/** The other side of a variation: 2 nominal - given, with the variances of what is given. */
export function mirrored(nominal: Yields, given: Yields): Yields {
  return { values: nominal.values.map((n, i) => 2 * n - given.values[i]!), variances: given.variances };
}

/** @throws UsageError naming the first bin that is NaN or infinite, or below 0 unless that is allowed. */
export function requireYields({ values }: Yields, where: string, edges: Float64Array, allowNegative: boolean): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw badArgument(`${where}: ${binTitle(edges, wrong)} holds ${values[wrong]}.`);
  const negative = values.findIndex((value) => value < 0);
  if (negative < 0 || allowNegative) return;
  const others = values.reduce((count, value) => count + (value < 0 ? 1 : 0), 0) - 1;
  const more = others === 0 ? "" : `, and ${others} more ${others === 1 ? "bin is" : "bins are"} below 0`;
  throw badArgument(
    `${where}: ${binTitle(edges, negative)} holds ${values[negative]}${more}; { allowNegative: true } lets it pass.`,
  );
}

export const binTitle = (edges: Float64Array, bin: number): string => `bin ${bin} (${edges[bin]} to ${edges[bin + 1]})`;

/** What lies outside of the categories of region, process and variation is in no template: a sentence for each such axis. */
export function outsideCategories({ axes, storage }: HistData, roles: AxisRoles): string[] {
  const stride = strides(axes);
  return [roles.region, roles.process, roles.variation].flatMap((role): string[] => {
    if (!role?.axis.overflow) return [];
    const [size, step] = [cellCount(role.axis), stride[role.position]!];
    const outside = storage.values.filter((_, cell) => Math.floor(cell / step) % size === size - 1);
    if (outside.every((content) => content === 0)) return [];
    return [`${role.title} holds ${sumOf(outside)} outside of its categories, which is in no template`];
  });
}
