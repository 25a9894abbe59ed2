import { CortadoError } from "../errors.ts";
import { type Axis, cellCount, type NumericAxis } from "./axis.ts";
import type { HistData } from "./hist-data.ts";
import type { RegularAxis } from "./regular-axis.ts";
import { nanWeightsText, type Storage } from "./storage.ts";
import type { AxisTransform } from "./transform.ts";
import { nest } from "./uhi-arrays.ts";
import {
  boost,
  nanWeightRows,
  type UhiAxis,
  type UhiHistogram,
  type UhiMetadata,
  varianceKnown,
} from "./uhi-schema.ts";
import { writeStorage } from "./uhi-storage.ts";

export type { UhiHistogram } from "./uhi-schema.ts";

export interface UhiOptions {
  /** Only the cells that are not 0, where they are less than a quarter of all. */
  readonly sparse?: boolean;
}

/**
 * A histogram as UHI JSON, dense unless told. The same histogram always gives the same JSON.
 *
 * @param key the histogram's name in an error message
 * @throws UsageError for a cell that is NaN or infinite, which JSON cannot hold, or beyond 2^53 in an `int64` storage, naming
 * the cell.
 */
export function toUhi(hist: HistData, key = "", { sparse = false }: UhiOptions = {}): UhiHistogram {
  const title = key === "" ? hist.name : key;
  const shape = hist.axes.map(cellCount);
  const places = sparse ? filledCells(hist.storage, shape) : undefined;
  const json = uhiOf(hist, (cells, field) => {
    requireWritable(cells, field, hist, title, "JSON");
    return places === undefined ? nest(cells, shape) : Array.from(places.cells, (cell) => cells[cell]!);
  });
  if (places === undefined) return json;
  return { ...json, storage: { ...json.storage, index: places.index } };
}

/** The cells that are not 0, and their numbers along each axis; undefined where they are a quarter of all or more. */
function filledCells(
  storage: Storage,
  shape: readonly number[],
): { readonly cells: number[]; readonly index: number[][] } | undefined {
  const arrays = Object.values(storage).filter((array) => array instanceof Float64Array);
  const all = storage.values.length;
  const cells = Array.from({ length: all }, (_, cell) => cell).filter((cell) =>
    arrays.some((array) => array[cell] !== 0),
  );
  if (shape.length === 0 || 4 * cells.length >= all) return undefined;
  const places = cells.map((cell) => position(cell, shape));
  return { cells, index: shape.map((_, axis) => places.map((place) => place[axis]!)) };
}

/** @throws UsageError naming a cell that is not finite, or not a whole number that float64 holds exactly in an `int64` storage. */
export function requireWritable(
  cells: Float64Array,
  field: string,
  { axes, storage }: HistData,
  title: string,
  form: "JSON" | "a ZIP",
): void {
  const fits = storage.kind === "int64" ? Number.isSafeInteger : Number.isFinite;
  const cell = cells.findIndex((content) => !fits(content));
  if (cell < 0) return;
  const named = title === "" ? "the histogram" : `histogram "${title}"`;
  const place = position(cell, axes.map(cellCount)).join(", ");
  const nan = nanWeightsText(storage).map((text) => ` (${text})`);
  const message = `Cannot write ${named} as ${form}: cell [${place}] of its ${field} is ${cells[cell]}${nan.join("")}.`;
  throw new CortadoError("UsageError", message, { code: "BadArgument" });
}

/** The same with the arrays of cells through `write`. */
export function uhiOf<A>(hist: HistData, write: (cells: Float64Array, field: string) => A): UhiHistogram<A> {
  const { storage } = hist;
  const weighted = "weighted" in storage && storage.weighted;
  const metadata: UhiMetadata = {
    ...(hist.name !== "" && { name: hist.name }),
    ...(hist.label !== "" && { label: hist.label }),
    ...hist.metadata,
    ...(weighted && { [varianceKnown]: false }),
    ...(storage.nanWeights !== undefined && { [nanWeightRows]: storage.nanWeights }),
  };
  return {
    uhi_schema: 1,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    axes: hist.axes.map(uhiAxis),
    storage: writeStorage(storage, write),
  };
}

function uhiAxis(axis: Axis): UhiAxis {
  const metadata = { name: axis.name, label: axis.label, ...axis.metadata };
  switch (axis.kind) {
    case "regular":
    case "integer": {
      const { start: lower, stop: upper, bins } = axis;
      if (axis.kind === "regular" && axis.transform !== undefined) return transformed(axis, axis.transform, metadata);
      return { type: "regular", lower, upper, bins, ...flow(axis), ...notes(axis, metadata) };
    }
    case "variable":
      return { type: "variable", edges: [...axis.edges], ...flow(axis), ...notes(axis, metadata) };
    case "boolean":
      return { type: "boolean", metadata };
    case "category":
      return { type: "category_str", categories: axis.categories, flow: axis.overflow, ...notes(axis, metadata) };
    case "intCategory":
      return { type: "category_int", categories: axis.categories, flow: axis.overflow, ...notes(axis, metadata) };
  }
}

/** UHI has no transforms: the edges are written, and what they were in the notes that `boost-histogram` reads. */
function transformed(axis: RegularAxis, transform: AxisTransform, metadata: UhiMetadata): UhiAxis {
  const { start: lower, stop: upper, bins } = axis;
  const scale: UhiMetadata = typeof transform === "object" ? { transform: "pow", power: transform.pow } : { transform };
  const writer_info = { [boost]: { ...scale, bins, lower, upper } };
  return { type: "variable", edges: [...axis.edges], ...flow(axis), metadata, writer_info };
}

function flow({ underflow, overflow, circular }: NumericAxis): {
  readonly underflow: boolean;
  readonly overflow: boolean;
  readonly circular: boolean;
} {
  return { underflow, overflow, circular };
}

function notes(axis: Axis, metadata: UhiMetadata): Pick<UhiAxis, "metadata" | "writer_info"> {
  const found = { ...(axis.kind === "integer" && { orig_type: "Integer" }), ...(axis.growth && { growth: true }) };
  return Object.keys(found).length === 0 ? { metadata } : { metadata, writer_info: { [boost]: found } };
}

/** Cell numbers along each axis, flow cells counted. */
function position(cell: number, shape: readonly number[]): number[] {
  let rest = cell;
  return shape
    .toReversed()
    .map((size) => {
      const index = rest % size;
      rest = (rest - index) / size;
      return index;
    })
    .toReversed();
}
