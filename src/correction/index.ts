export { type BoostedTrees, boostedTrees, type PredictOptions } from "./boosted-trees.ts";
export { type BTagOptions, bTagScaleFactor } from "./btag-csv.ts";
export type { Input } from "./content.ts";
export type { Correction, InputColumn, InputValue } from "./correction.ts";
export { type CorrectionSet, correctionSet } from "./correction-set.ts";
export { type DenseLookupOptions, denseLookup, type Table } from "./dense-lookup.ts";
export {
  type CorrectedJets,
  correctJets,
  type JetColumns,
  type JetStack,
  jetCorrections,
} from "./jet-corrections.ts";
export {
  jetCorrection,
  jetScaleFactor,
  jetUncertainty,
  jetUncertaintySources,
  type Shifted,
} from "./jet-energy-text.ts";
export { rochester } from "./rochester.ts";
