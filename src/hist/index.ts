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
export type { FlowOptions, Metadata, NumericOptions } from "./axis-options.ts";
export type { BooleanAxis } from "./boolean-axis.ts";
export { type CabinetryTemplates, cabinetryTemplates } from "./cabinetry-templates.ts";
export type { CategoryAxis, CategoryOptions, IntCategoryAxis } from "./category-axis.ts";
export { clopperPearsonInterval } from "./clopper-pearson-interval.ts";
export type { Bin } from "./contents.ts";
export type { FillValue } from "./fill-input.ts";
export type { FillByName, FillByPosition, FillOptions } from "./fill-values.ts";
export { Hist, histAddition } from "./hist.ts";
export { histColumns } from "./hist-columns.ts";
export type { FlowChoice, HistData, HistOptions } from "./hist-data.ts";
export type { IntegerAxis } from "./integer-axis.ts";
export { type Interval, oneSigma } from "./interval.ts";
export type { MeanStorage, WeightedMeanStorage } from "./mean-storage.ts";
export { normalInterval } from "./normal-interval.ts";
export { poissonInterval } from "./poisson-interval.ts";
export {
  type PyhfChannel,
  type PyhfModifier,
  type PyhfSample,
  type PyhfTemplates,
  pyhfTemplates,
} from "./pyhf-templates.ts";
export { type RatioKind, ratioUncertainty } from "./ratio-uncertainty.ts";
export type { RegularAxis, RegularOptions } from "./regular-axis.ts";
export type { Factor } from "./scale.ts";
export {
  type Choice,
  len,
  loc,
  overflow,
  type Place,
  type Range,
  type Rebin,
  range,
  rebin,
  type Selection,
  type Sum,
  sum,
  underflow,
} from "./selection.ts";
export type { SortOptions } from "./sort-categories.ts";
export type { DoubleStorage, Int64Storage, Storage, StorageKind, WeightStorage } from "./storage.ts";
export type { TemplateAxes } from "./template-axes.ts";
export type { TemplateOptions } from "./templates.ts";
export type { AxisTransform } from "./transform.ts";
export { fromUhi, parseJson, parseUhi } from "./uhi-read.ts";
export type { UhiAxis, UhiHistogram, UhiStorage } from "./uhi-schema.ts";
export { toUhi, type UhiOptions } from "./uhi-write.ts";
export { fromUhiZip, toUhiZip } from "./uhi-zip.ts";
export type { VariableAxis } from "./variable-axis.ts";
