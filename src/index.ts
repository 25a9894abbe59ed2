export { CortadoError, type ErrorData, type ErrorFields, type ErrorKind, isCortadoError } from "./errors.ts";
export type {
  Collected,
  Collection,
  EventColumn,
  EventLayout,
  Events,
  Item,
  Items,
  List,
  LorentzItem,
  Metadata,
} from "./events/index.ts";
export { axis, type Axis, fromUhi, Hist, toUhi } from "./hist/index.ts";
export type { Column, ColumnSource } from "./jagged/index.ts";
export { deltaPhi, deltaR, FourVector, fromPtEtaPhiM, transverseMass } from "./vector/index.ts";
