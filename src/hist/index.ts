export {
  type Axis,
  axis,
  binCount,
  cellCount,
  centers,
  describeAxis,
  firstBin,
  isCategorical,
  type NumericAxis,
  widths,
} from "./axis.ts";
export type { FlowOptions } from "./axis-options.ts";
export type { CategoryAxis, CategoryOptions, IntCategoryAxis } from "./category-axis.ts";
export type { FillValue } from "./fill-input.ts";
export type { FillByName, FillByPosition, FillOptions } from "./fill-values.ts";
export { Hist, histAddition } from "./hist.ts";
export type { FlowChoice, HistData, HistOptions } from "./hist-data.ts";
export type { IntegerAxis } from "./integer-axis.ts";
export type { RegularAxis } from "./regular-axis.ts";
export type { DoubleStorage, Storage, StorageKind, WeightStorage } from "./storage.ts";
export { fromUhi, parseUhi } from "./uhi-read.ts";
export type { UhiAxis, UhiHistogram, UhiStorage } from "./uhi-schema.ts";
export { toUhi } from "./uhi-write.ts";
export type { VariableAxis } from "./variable-axis.ts";
