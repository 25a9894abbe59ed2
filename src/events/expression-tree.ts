import { createRequire } from "node:module";
import { expressionError } from "./expression-error.ts";

/** The parts of mathjs's syntax tree that expressions use. */
export interface Node {
  readonly type: string;
  readonly name: string;
  readonly value: unknown;
  readonly op: string;
  readonly args: readonly Node[];
  readonly fn: Node;
  readonly object: Node;
  readonly index: { readonly dimensions: readonly Node[]; readonly dotNotation: boolean };
  readonly content: Node;
  readonly condition: Node;
  readonly trueExpr: Node;
  readonly falseExpr: Node;
}

/** mathjs is loaded when the first expression is parsed, and only its number part. */
let parser: ((text: string) => Node) | undefined;

/** The syntax tree of an expression. Throws `UsageError` that points at the character. */
export function parseExpression(text: string): Node {
  parser ??= createRequire(import.meta.url)("mathjs/number").parse as (text: string) => Node;
  try {
    return parser(text);
  } catch (error) {
    const { message, char } = error as { readonly message: string; readonly char?: number };
    throw expressionError(text, Math.max(0, (char ?? 1) - 1), message.replace(/ \(char \d+\)$/, ""));
  }
}
