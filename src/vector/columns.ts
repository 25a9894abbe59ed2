/** The functions of whole columns of vectors: what `cortado/vector` offers. */
export { add, cross, divide, negative, scale, subtract, unit } from "./arithmetic.ts";
export { boost, boostToRestFrame, boostVector, boostX, boostY, boostZ } from "./boost.ts";
export { clean } from "./clean.ts";
export { combinationSums } from "./combination-sums.ts";
export { between, type Metric, type MetricName } from "./metric.ts";
export { metricTable, type TableOptions, type TableWithPairs } from "./metric-table.ts";
export { type Match, type MatchOptions, matchUnique, nearest } from "./nearest.ts";
export { type Property, property, toSystem } from "./property.ts";
export { rotateX, rotateY, rotateZ } from "./rotate.ts";
export { sortByPt } from "./sort-by-pt.ts";
export { sum } from "./sum.ts";
export { vectors } from "./vectors.ts";
