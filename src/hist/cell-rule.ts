import type { NumberArray } from "./fill-input.ts";

/** How an axis finds the cell of a value, as text for the loops of a fill. */
export interface CellRule {
  /** The same for the same text. */
  readonly name: string;
  /** Statements that set `cell` from `x`, which they may change. */
  readonly text: string;
  /** What the text refers to, always by the same names. */
  readonly values: Readonly<Record<string, number | Float64Array | Int32Array>>;
}

/** Numbers that a loop reads without converting them first. */
export type Numbers = Exclude<NumberArray, BigInt64Array | BigUint64Array>;

/** Cells that are known already; those below 0 are none. */
export function knownCells(none: number): CellRule {
  return { name: "known", text: "cell = x < 0 ? none : x;", values: { none } };
}

const loops = new Map<string, unknown>();

/**
 * A loop over arrays, made from text once for each kind of arrays: V8 compiles element access for the kinds that one function
 * has seen. `title` stands for the text.
 */
export function loopOver<Loop>(title: string, arrays: readonly Numbers[], text: () => string): Loop {
  let key = title;
  for (const array of arrays) key += ` ${array.constructor.name}`;
  let loop = loops.get(key) as Loop | undefined;
  if (loop === undefined) {
    loop = new Function(`return ${text()};`)() as Loop;
    loops.set(key, loop);
  }
  return loop;
}

/** The declaration of what the text of a rule refers to. */
export const ruleNames = ({ values }: CellRule): string => `const { ${Object.keys(values).join(", ")} } = rule;`;
