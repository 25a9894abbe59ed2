export { argmax, argmin, nanargmax, nanargmin } from "./arg-extremes.ts";
export * from "./column.ts";
export { type ColumnType, parseColumnType } from "./column-type.ts";
export { corr, covar, type LinearFit, linearFit, type PairReducer } from "./correlation.ts";
export { count, countNonzero } from "./count.ts";
export { type ExtremeOptions, max, min, nanmax, nanmin, ptp } from "./extremes.ts";
export { fromList } from "./from-list.ts";
export {
  type Moment,
  mean,
  moment,
  nanmean,
  nanstd,
  nanvar,
  type SpreadOptions,
  std,
  variance as var,
  type WeightOptions,
} from "./moments.ts";
export type { ReduceOptions, Reducer, Scalar } from "./reduce.ts";
export { softmax } from "./softmax.ts";
export { argsort, type SortOptions, sort } from "./sort.ts";
export { nanprod, nansum, prod, sum } from "./sum.ts";
export { toList } from "./to-list.ts";
export { all, any } from "./truth.ts";
