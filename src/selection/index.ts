export type { EventMask, EventNumbers } from "./event-values.ts";
export { type WeightStatistics, weightStatisticsAddition } from "./weight-statistics.ts";
export { type PartialWeight, type VariationOptions, type Weight, Weights, type WeightsOptions } from "./weights.ts";
