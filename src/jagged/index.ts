export { argmax, argmin, nanargmax, nanargmin } from "./arg-extremes.ts";
export { at, ellipsis, newaxis, type Where } from "./at.ts";
export type { Operand } from "./broadcast.ts";
export { argcartesian, type CartesianOptions, cartesian } from "./cartesian.ts";
export { valuesAstype } from "./cast.ts";
export { almostEqual, arrayEqual, isclose, type Tolerance } from "./close.ts";
export * from "./column.ts";
export { type ColumnType, parseColumnType } from "./column-type.ts";
export { argcombinations, type CombinationOptions, combinations } from "./combinations.ts";
export { concatenate } from "./concatenate.ts";
export { corr, covar, type LinearFit, linearFit, type PairReducer } from "./correlation.ts";
export { count, countNonzero } from "./count.ts";
export {
  absolute,
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctanh,
  ceil,
  cos,
  cosh,
  exp,
  expm1,
  floor,
  isfinite,
  isinf,
  isnan,
  log,
  log1p,
  log10,
  negative,
  rint,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  trunc,
} from "./element-functions.ts";
export type { Entry } from "./entry.ts";
export { type ExtremeOptions, max, min, nanmax, nanmin, ptp } from "./extremes.ts";
export { fields, withField, withName, withoutField } from "./fields.ts";
export { fillNone } from "./fill-none.ts";
export { firsts, singletons } from "./firsts.ts";
export { flatten, ravel } from "./flatten.ts";
export { fromList } from "./from-list.ts";
export { fullLike, onesLike, zerosLike } from "./like.ts";
export { localIndex } from "./local-index.ts";
export { mask } from "./mask.ts";
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
export { nanToNone, nanToNum } from "./nan.ts";
export { dropNone, isNone } from "./none.ts";
export { num } from "./num.ts";
export {
  add,
  and,
  arctan2,
  divide,
  equal,
  floorDivide,
  greater,
  greaterEqual,
  hypot,
  invert,
  less,
  lessEqual,
  maximum,
  minimum,
  mod,
  multiply,
  notEqual,
  or,
  power,
  subtract,
  xor,
} from "./operators.ts";
export { padNone } from "./pad-none.ts";
export { pick } from "./pick.ts";
export type { ReduceOptions, Reducer } from "./reduce.ts";
export { fromRegular, toRegular } from "./regular.ts";
export { runLengths } from "./run-lengths.ts";
export { type Slice, slice } from "./slice.ts";
export { softmax } from "./softmax.ts";
export { argsort, type SortOptions, sort } from "./sort.ts";
export { nanprod, nansum, prod, sum } from "./sum.ts";
export { toList } from "./to-list.ts";
export { toTypedArray } from "./to-typed-array.ts";
export { all, any } from "./truth.ts";
export { truthValue } from "./truth-value.ts";
export { unflatten } from "./unflatten.ts";
export { where } from "./where.ts";
export { broadcastArrays, type Named, unzip, zip } from "./zip.ts";
