export { type BoostedTrees, boostedTrees, type PredictOptions } from "./boosted-trees.ts";
export type { Input } from "./content.ts";
export type { Correction, InputColumn, InputValue } from "./correction.ts";
export { type CorrectionSet, correctionSet } from "./correction-set.ts";
