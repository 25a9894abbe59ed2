import { Compiler } from "./expression.ts";
import { expressionError } from "./expression-error.ts";
import { parseExpression } from "./expression-tree.ts";
import type { EventLayout } from "./layout.ts";

/** An expression as JavaScript: of an event `e`, or a pipeline over the items `i` of one collection. */
export type Compiled =
  | { readonly kind: "value"; readonly text: string }
  | {
      readonly kind: "list";
      readonly collection: string;
      /** Conditions on an item, all must hold. */
      readonly conditions: readonly string[];
      readonly value: string;
      /** True if conditions or value use the event besides its item. */
      readonly usesEvent: boolean;
    }
  /** A list of zero or one value, of an event. */
  | { readonly kind: "values"; readonly text: string };

/**
 * Compiles a text such as `sum(Jet.pt[Jet.pt > 30 & abs(Jet.eta) < 2.4])`, parsed by mathjs, to JavaScript over the names of a layout
 * and of definitions. Number semantics are NumPy's: float32 columns stay float32, a literal beside one is rounded to it first.
 * Throws `UsageError` that points at the character.
 */
export function compileExpression(text: string, layout: EventLayout, defined: readonly string[]): Compiled {
  const tree = parseExpression(text);
  const part = new Compiler(text, layout, defined).part(tree);
  switch (part.kind) {
    case "value":
      return { kind: "value", text: part.js };
    case "values":
      return { kind: "values", text: part.js };
    case "list":
      return {
        kind: "list",
        collection: part.collection,
        conditions: part.conditions,
        value: part.js,
        usesEvent: part.usesEvent,
      };
    case "items":
      throw expressionError(
        text,
        0,
        `${part.collection} are objects, not values: name a member`,
        Object.keys(layout.collections[part.collection]!.members),
      );
    case "record":
      throw expressionError(
        text,
        0,
        `${part.name} is an object, not a value: name a member`,
        Object.keys(layout.records[part.name]!),
      );
  }
}
