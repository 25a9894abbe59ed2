export { ChunkColumns, ColumnNotLoaded } from "./chunk-columns.ts";
export type { Collected, Collection, CollectionOperations } from "./collection.ts";
export { computeColumn, inputsOf } from "./computed-column.ts";
export type { EventColumn } from "./event-column.ts";
export type { Columnar, Definable, EventOperations, Events, Metadata } from "./events.ts";
export type { Item, LorentzItem, Scalar } from "./item.ts";
export type { CollectionLayout, Computation, EventLayout, FlagsLayout, LayoutColumn } from "./layout.ts";
export type { ItemOperations, Items, List } from "./list.ts";
export { makeEvents } from "./make-events.ts";
