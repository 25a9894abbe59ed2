import type { Column, ColumnSource } from "../jagged/index.ts";
import type { Scalar } from "./item.ts";

/** One value for each event: `events.MET.pt`, `events.Jet.count()`. Computed when used, once. */
export interface EventColumn<T extends Scalar> extends ColumnSource {
  /** Number of events. */
  readonly length: number;
  /** A value made of each value. */
  map<R extends Scalar>(f: (value: T) => R): EventColumn<R>;
  /** The values as a flat column, missing ones marked in its validity. */
  toColumn(): Column;
}
