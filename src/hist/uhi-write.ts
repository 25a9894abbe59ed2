import { CortadoError } from "../errors.ts";
import { type Axis, cellCount, type NumericAxis } from "./axis.ts";
import type { HistData } from "./hist-data.ts";
import type { RegularAxis } from "./regular-axis.ts";
import type { AxisTransform } from "./transform.ts";
import { nest } from "./uhi-arrays.ts";
import { boost, type UhiAxis, type UhiHistogram, type UhiMetadata } from "./uhi-schema.ts";
import { writeStorage } from "./uhi-storage.ts";

export type { UhiHistogram } from "./uhi-schema.ts";

/**
 * A histogram as UHI JSON, dense. The same histogram always gives the same JSON.
 *
 * @param key the histogram's name in an error message
 * @throws UsageError for a cell that is NaN or infinite, which JSON cannot hold, or beyond 2^53 in an `int64` storage, naming
 * the cell.
 */
export function toUhi(hist: HistData, key = ""): UhiHistogram {
  const title = key === "" ? hist.name : key;
  const shape = hist.axes.map(cellCount);
  const fits = hist.storage.kind === "int64" ? Number.isSafeInteger : Number.isFinite;
  return uhiOf(hist, (cells, field) => {
    const bad = cells.findIndex((cell) => !fits(cell));
    if (bad >= 0) throw unwritable(title, field, cells[bad]!, position(bad, shape));
    return nest(cells, shape);
  });
}

/** The same with the arrays of cells through `write`. */
export function uhiOf<A>(hist: HistData, write: (cells: Float64Array, field: string) => A): UhiHistogram<A> {
  const { name, label, storage } = hist;
  const weighted = "weighted" in storage && storage.weighted;
  const metadata: UhiMetadata = {
    ...(name !== "" && { name }),
    ...(label !== "" && { label }),
    ...(weighted && { _variance_known: false }),
  };
  return {
    uhi_schema: 1,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    axes: hist.axes.map(uhiAxis),
    storage: writeStorage(storage, write),
  };
}

function uhiAxis(axis: Axis): UhiAxis {
  const metadata = { name: axis.name, label: axis.label };
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

function unwritable(name: string, field: string, value: number, cell: readonly number[]): CortadoError {
  const title = name === "" ? "the histogram" : `histogram "${name}"`;
  const message = `Cannot write ${title} as JSON: cell [${cell.join(", ")}] of its ${field} is ${value}.`;
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
