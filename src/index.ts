/// <reference types="node" />
export {
  type AccumulatedColumn,
  columnAccumulator,
  type DefaultMap,
  defaultdictAccumulator,
  dictAccumulator,
  listAccumulator,
  setAccumulator,
  valueAccumulator,
} from "./accumulator/index.ts";
export { CortadoError, type ErrorData, type ErrorFields, type ErrorKind, isCortadoError } from "./errors.ts";
export type {
  Collected,
  Collection,
  EventColumn,
  EventLayout,
  Events,
  Item,
  ItemOperations,
  Items,
  List,
  LorentzItem,
  Metadata,
  ParquetColumns,
  ParquetRows,
} from "./events/index.ts";
export {
  type Executor,
  isolated,
  iterative,
  type Metrics,
  type ParquetOutput,
  type Progress,
  type Report,
  RunError,
  type RunOptions,
  type RunResult,
  reportJson,
  resultJson,
  run,
  workers,
} from "./executor/index.ts";
export type { FilesetForm } from "./fileset/index.ts";
export { type Axis, axis, fromUhi, Hist, toUhi } from "./hist/index.ts";
export type { Column, ColumnSource } from "./jagged/index.ts";
export { accumulate, describe, type Options, type ProcessFunction, Processor } from "./processor/index.ts";
export { nanoaod, readSchema, type Schema } from "./schema/index.ts";
export {
  type Categories,
  type Cutflow,
  type CutflowResult,
  type CutOptions,
  categories,
  type EventMask,
  type EventNumbers,
  LumiData,
  LumiList,
  type LumiMask,
  type LumiRanges,
  lumiMask,
  type NminusOne,
  type NminusOneResult,
  PackedSelection,
  type PartialWeight,
  type PlotOptions,
  type RecordedLumi,
  type SelectionType,
  type VariationOptions,
  type Weight,
  type WeightStatistics,
  Weights,
  type WeightsOptions,
  type YieldOptions,
} from "./selection/index.ts";
export {
  deltaPhi,
  deltaR,
  FourVector,
  fromPtEtaPhiM,
  type ThreeVector,
  transverseMass,
  type WrapOption,
} from "./vector/index.ts";
