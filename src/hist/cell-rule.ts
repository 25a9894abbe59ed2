/** How an axis finds the cell of a value, as text for the loops of a fill: see row-loop.ts. */
export interface CellRule {
  /** The same for the same text. */
  readonly name: string;
  /** Statements that set `cell` from `x`, which they may change; below 0 where the value has none. */
  readonly text: string;
  /** What the text refers to, always by the same names. */
  readonly values: Readonly<Record<string, number | Float64Array | Int32Array>>;
  /** Whether every value has a cell. */
  readonly complete: boolean;
}

/** Cells that are known already. */
export const knownCells: CellRule = { name: "known", text: "cell = x;", values: {}, complete: false };
