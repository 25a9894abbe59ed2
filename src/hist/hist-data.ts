import type { Axis } from "./axis.ts";
import type { Metadata } from "./axis-options.ts";
import type { Storage, StorageKind } from "./storage.ts";

/** A histogram as plain data: what crosses a thread. `Hist` is this with methods. */
export interface HistData {
  readonly tag: "hist";
  readonly name: string;
  readonly label: string;
  /** Absent without any. */
  readonly metadata?: Metadata;
  axes: readonly Axis[];
  /** Cells are row-major in axis order, including flow cells. */
  storage: Storage;
}

export interface HistOptions {
  /** `double` unless told. */
  readonly storage?: StorageKind;
  readonly name?: string;
  readonly label?: string;
  readonly metadata?: Metadata;
}

/** Whether flow bins are included; they are not unless told. */
export interface FlowChoice {
  readonly flow?: boolean;
}
