import { CortadoError } from "../errors.ts";
import { type Column, type ColumnSource, isValid, typeName, valuesAstype } from "../jagged/index.ts";
import { document, parsedJson } from "./json-reader.ts";
import { readTreeModel, type TreeModel } from "./tree-model.ts";

/** A model of boosted trees, evaluated as xgboost does: thresholds and sums in single precision, tree after tree. */
export interface BoostedTrees {
  /** Features of a row. */
  readonly features: number;
  /** Their names, where the file has them. */
  readonly featureNames: readonly string[];
  /** Predictions of a row: 1, or one for each class. */
  readonly outputs: number;
  /**
   * The prediction for one row: a probability, or what the objective predicts. NaN is a missing value. With `margin` the sum of leaves
   * before the link function. Of a model with classes the prediction of the first; use `predictRows`.
   * Throws CorrectionError `BadInput` for another number of features. Cost: one walk down each tree.
   */
  predict(row: ArrayLike<number>, options?: PredictOptions): number;
  /** `outputs` predictions for each of the rows that stand one after the other in `rows`. Cost: walks by tree over blocks of rows, which stay in the cache. */
  predictRows(rows: Float32Array | Float64Array, options?: PredictOptions): Float32Array;
  /**
   * The predictions for columns of features: a float32 column under the lists of the features, which must be alike. A missing
   * value of a feature is missing to the model. Throws ShapeError for columns that do not fit.
   */
  predictColumns(features: readonly (Column | ColumnSource)[], options?: PredictOptions): Column;
}

export interface PredictOptions {
  /** The sum of leaves, without the link function. */
  readonly margin?: boolean;
}

/** Rows whose sums stay in the cache while a tree is walked. */
const block = 1024;

/** The model of a file that xgboost's `save_model("model.json")` has written: its bytes (gzipped or not), its text, or the parsed JSON. Throws as its reader. */
export function boostedTrees(json: unknown): BoostedTrees {
  const model = readTreeModel(document(parsedJson(json, "model"), "model"));
  const { features, featureNames, outputs } = model;
  const one = new Float32Array(features);
  const sums = new Float32Array(outputs);

  function requireFeatures(count: number): void {
    if (count === features) return;
    throw new CortadoError("CorrectionError", `the model has ${features} features, not ${count}`, { code: "BadInput" });
  }

  function predictRows(rows: Float32Array | Float64Array, options: PredictOptions = {}): Float32Array {
    if (rows.length % features !== 0)
      throw new CortadoError(
        "CorrectionError",
        `the model has ${features} features: ${rows.length} numbers are no whole rows`,
        { code: "BadInput" },
      );
    const single = rows instanceof Float32Array ? rows : Float32Array.from(rows);
    const count = single.length / features;
    const out = new Float32Array(count * outputs);
    for (let start = 0; start < count; start += block) {
      const stop = Math.min(start + block, count);
      sumLeaves(model, single, start, stop, out);
      if (options.margin !== true) link(model, out, start, stop);
    }
    return out;
  }

  return {
    features,
    featureNames,
    outputs,
    predictRows,
    predict(row, options = {}) {
      requireFeatures(row.length);
      for (let i = 0; i < features; i++) one[i] = row[i]!;
      sumLeaves(model, one, 0, 1, sums);
      if (options.margin !== true) link(model, sums, 0, 1);
      return sums[0]!;
    },
    predictColumns(given, options = {}) {
      requireFeatures(given.length);
      const columns = given.map((column) => valuesAstype("toColumn" in column ? column.toColumn() : column, "float32"));
      const shape = columns[0]!;
      const leaves = columns.map((column) => leafUnder(column, shape));
      const count = leaves[0]!.values.length;
      const rows = new Float32Array(count * features);
      leaves.forEach(({ values, column }, feature) => {
        for (let i = 0, at = feature; i < count; i++, at += features)
          rows[at] = isValid(column, i) ? values[i]! : Number.NaN;
      });
      return predictionsUnder(shape, predictRows(rows, options), count, outputs);
    },
  };
}

/** Adds the leaves of all trees for the rows start to stop. */
function sumLeaves(model: TreeModel, rows: Float32Array, start: number, stop: number, out: Float32Array): void {
  const { features, outputs, base, roots, outputOf, feature, threshold, left, right, otherwise } = model;
  for (let i = start * outputs; i < stop * outputs; i++) out[i] = base[i % outputs]!;
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    for (
      let row = start, at = start * features, to = start * outputs + outputOf[tree]!;
      row < stop;
      row++, at += features, to += outputs
    ) {
      let node = root;
      for (let asked = feature[node]!; asked >= 0; asked = feature[node]!) {
        const x = rows[at + asked]!;
        node = x < threshold[node]! ? left[node]! : x >= threshold[node]! ? right[node]! : otherwise[node]!;
      }
      out[to] = out[to]! + threshold[node]!;
    }
  }
}

/** Turns the sums of the rows start to stop into predictions, in place. */
function link({ link: kind, outputs }: TreeModel, out: Float32Array, start: number, stop: number): void {
  const [from, to] = [start * outputs, stop * outputs];
  if (kind === "logistic") for (let i = from; i < to; i++) out[i] = 1 / (1 + Math.exp(-out[i]!));
  if (kind === "exponential") for (let i = from; i < to; i++) out[i] = Math.exp(out[i]!);
  if (kind !== "softmax") return;
  for (let row = start; row < stop; row++) {
    const scores = out.subarray(row * outputs, (row + 1) * outputs);
    const largest = scores.reduce((a, b) => Math.max(a, b));
    const powers = Array.from(scores, (score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b);
    scores.set(powers.map((power) => power / sum));
  }
}

/** The values at the bottom of a column whose lists must be those of `shape`. */
function leafUnder(column: Column, shape: Column): { readonly values: Float32Array; readonly column: Column } {
  if (column.kind === "list" && shape.kind === "list") {
    const alike =
      column.offsets === shape.offsets ||
      (column.length === shape.length && column.offsets.every((offset, i) => offset === shape.offsets[i]));
    if (alike) return leafUnder(column.content, shape.content);
  } else if (column.kind === "primitive" && shape.kind === "primitive" && column.length === shape.length)
    return { values: (column.values as Float32Array).subarray(0, column.length), column };
  throw new CortadoError(
    "ShapeError",
    `features of a model must have the same lists: ${column.length} * ${typeName(column)} and ${shape.length} * ${typeName(shape)} differ`,
    { code: "OffsetsMismatch" },
  );
}

function predictionsUnder(shape: Column, values: Float32Array, count: number, outputs: number): Column {
  if (shape.kind === "list") return { ...shape, content: predictionsUnder(shape.content, values, count, outputs) };
  const flat: Column = { kind: "primitive", dtype: "float32", values, length: values.length };
  if (outputs === 1) return flat;
  const offsets = Int32Array.from({ length: count + 1 }, (_, i) => i * outputs);
  return { kind: "list", length: count, offsets, size: outputs, content: flat };
}
