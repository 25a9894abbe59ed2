import { CortadoError } from "../errors.ts";
import { type Axis, cellCount } from "./axis.ts";
import type { HistData } from "./hist-data.ts";
import {
  boost,
  type UhiArray,
  type UhiAxis,
  type UhiHistogram,
  type UhiMetadata,
  type UhiStorage,
} from "./uhi-schema.ts";

export type { UhiHistogram } from "./uhi-schema.ts";

/**
 * A histogram as UHI JSON, dense. The same histogram always gives the same JSON.
 *
 * @param key the histogram's name in an error message
 * @throws UsageError for a cell that is NaN or infinite, which JSON cannot hold, naming the cell.
 */
export function toUhi(hist: HistData, key = ""): UhiHistogram {
  const { name, label, storage } = hist;
  const weighted = storage.kind === "double" && storage.weighted;
  const metadata: UhiMetadata = {
    ...(name !== "" && { name }),
    ...(label !== "" && { label }),
    ...(weighted && { _variance_known: false }),
  };
  return {
    uhi_schema: 1,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    axes: hist.axes.map(uhiAxis),
    storage: uhiStorage(hist, key === "" ? name : key),
  };
}

function uhiAxis(axis: Axis): UhiAxis {
  const metadata = { name: axis.name, label: axis.label };
  switch (axis.kind) {
    case "regular":
    case "integer": {
      const { start: lower, stop: upper, bins, underflow, overflow } = axis;
      const text =
        axis.kind === "integer" ? { metadata, writer_info: { [boost]: { orig_type: "Integer" } } } : { metadata };
      return { type: "regular", lower, upper, bins, underflow, overflow, circular: false, ...text };
    }
    case "variable": {
      const { underflow, overflow } = axis;
      return { type: "variable", edges: [...axis.edges], underflow, overflow, circular: false, metadata };
    }
    case "category":
      return { type: "category_str", categories: axis.categories, flow: axis.overflow, ...growing(axis, metadata) };
    case "intCategory":
      return { type: "category_int", categories: axis.categories, flow: axis.overflow, ...growing(axis, metadata) };
  }
}

function growing(
  axis: { readonly growth: boolean },
  metadata: { name: string; label: string },
): Pick<UhiAxis, "metadata" | "writer_info"> {
  return axis.growth ? { metadata, writer_info: { [boost]: { growth: true } } } : { metadata };
}

function uhiStorage(hist: HistData, name: string): UhiStorage {
  const { storage } = hist;
  const shape = hist.axes.map(cellCount);
  const nested = (cells: Float64Array, field: string): UhiArray => {
    const bad = cells.findIndex((cell) => !Number.isFinite(cell));
    if (bad >= 0) throw notFinite(name, field, cells[bad]!, position(bad, shape));
    return nest(cells, shape);
  };
  const values = nested(storage.values, "values");
  if (storage.kind === "double") return { type: "double", values };
  return { type: "weighted", values, variances: nested(storage.variances, "variances") };
}

/** Nested lists of the given shape; without axes a list of the one cell. */
function nest(cells: Float64Array, shape: readonly number[]): UhiArray {
  let level: (number | UhiArray)[] = [...cells];
  for (let axis = shape.length - 1; axis > 0; axis--) {
    const size = shape[axis]!;
    const count = shape.slice(0, axis).reduce((product, n) => product * n, 1);
    level = Array.from({ length: count }, (_, i) => level.slice(i * size, (i + 1) * size));
  }
  return level;
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

function notFinite(name: string, field: string, value: number, cell: readonly number[]): CortadoError {
  const title = name === "" ? "the histogram" : `histogram "${name}"`;
  const message = `Cannot write ${title} as JSON: cell [${cell.join(", ")}] of its ${field} is ${value}.`;
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
