/** A histogram as columns, one entry for each cell: what tables of any format are made of. */
import { type Column, fromList, type PrimitiveColumn } from "../jagged/index.ts";
import { type Axis, binCount, cellCount, firstBin, isCategorical, type NumericAxis } from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { cellCounts, cellVariances } from "./contents.ts";
import type { FlowChoice, HistData } from "./hist-data.ts";
import { innerCells, strides, totalCells } from "./layout.ts";
import { holdsMeans } from "./storage.ts";

/**
 * The bins of a histogram, with `flow` all cells, as columns of one length, row-major in axis order: of a numeric axis the
 * edges `NAME_low` and `NAME_high` (infinite in flow bins; NaN in that of a circular axis, which holds NaN and infinities), of any
 * other axis `NAME`, which is missing in a flow bin; then `value`, `variance` if it is known, and `count` in a storage of
 * means. An axis without a name is `axis0`, `axis1`, … by its position.
 *
 * ```ts
 * toCsv(histColumns(hist)); // cortado/io
 * toArrowTable(histColumns(hist)); // cortado/arrow
 * ```
 *
 * @throws UsageError for two columns of one name.
 */
export function histColumns(hist: HistData, { flow = false }: FlowChoice = {}): Record<string, Column> {
  const { axes, storage } = hist;
  const cells = flow ? Int32Array.from({ length: totalCells(axes) }, (_, cell) => cell) : innerCells(axes);
  const numbers = (all: Float64Array): PrimitiveColumn => float64(Float64Array.from(cells, (cell) => all[cell]!));
  const stride = strides(axes);
  const named = axes.flatMap((axis, i) => {
    const size = cellCount(axis);
    const places = cells.map((cell) => Math.floor(cell / stride[i]!) % size);
    return axisColumns(axis, axis.name || `axis${i}`, places);
  });
  const variances = cellVariances(storage);
  named.push(["value", numbers(storage.values)]);
  if (variances !== undefined) named.push(["variance", numbers(variances)]);
  if (holdsMeans(storage)) named.push(["count", numbers(cellCounts(storage))]);
  const names = named.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw badArgument(`Two columns of the histogram would be called "${twice}": rename an axis.`);
  return Object.fromEntries(named);
}

/** @param places the cell of this axis, flow included, in each entry */
function axisColumns(axis: Axis, name: string, places: Int32Array): [string, Column][] {
  const pick = <T>(items: ArrayLike<T>, type: string): [string, Column] => [
    name,
    fromList(
      Array.from(places, (place) => items[place] ?? null),
      places.some((place) => place >= items.length) ? `?${type}` : type,
    ),
  ];
  if (axis.kind === "boolean") return [pick([false, true], "bool")];
  if (isCategorical(axis))
    return [pick<string | number>(axis.categories, axis.kind === "category" ? "string" : "int64")];
  const { low, high } = cellEdges(axis);
  const edges = (all: Float64Array): Column => float64(Float64Array.from(places, (place) => all[place]!));
  return [
    [`${name}_low`, edges(low)],
    [`${name}_high`, edges(high)],
  ];
}

/** Both ends of every cell. */
function cellEdges(axis: NumericAxis): { readonly low: Float64Array; readonly high: Float64Array } {
  const { edges, circular } = axis;
  const [first, bins] = [firstBin(axis), binCount(axis)];
  const end = edges[bins]! > edges[0]! ? Infinity : -Infinity;
  const edge = (i: number): number => (i < 0 ? -end : i > bins ? end : edges[i]!);
  const all = (shift: number): Float64Array =>
    Float64Array.from({ length: cellCount(axis) }, (_, cell) =>
      circular && cell === first + bins ? Number.NaN : edge(cell - first + shift),
    );
  return { low: all(0), high: all(1) };
}

const float64 = (values: Float64Array): PrimitiveColumn => ({
  kind: "primitive",
  dtype: "float64",
  values,
  length: values.length,
});
