import { CortadoError } from "../errors.ts";
import { mappedEvents } from "./column-over-events.ts";
import { type Compiled, compileExpression } from "./compile-expression.ts";
import { Definition } from "./definition.ts";
import type { EventLayout } from "./layout.ts";
import { collectionOf, defined } from "./names-over-events.ts";
import type { Lambda } from "./source.ts";
import type { View } from "./view.ts";

/** What a compiled expression runs: the same functions for every chunk, so that V8 keeps what it learnt of them. */
type Runnable =
  | { readonly kind: "value" | "list of an event"; readonly f: Lambda }
  | {
      readonly kind: "list";
      readonly collection: string;
      readonly conditions: readonly Lambda[];
      readonly value: Lambda;
    };

const known = new WeakMap<EventLayout, Map<string, Runnable>>();

/** The column an expression makes over a view's events: one value an event, or a list. Throws `UsageError`. */
export function expressionColumn(view: View, text: string): unknown {
  const run = runnable(view, text);
  if (run.kind === "value") return mappedEvents(view, run.f);
  if (run.kind === "list") {
    const items = collectionOf(view, run.collection);
    return run.conditions.reduce((of, condition) => of.filter(condition), items).map(run.value);
  }
  const compute = run.f as (e: unknown) => unknown;
  return defined(view, new Definition(text, compute, view.scope.columns.length, () => view.acquire(run.f)));
}

/** An expression as a condition on an event. Throws `UsageError` if it makes a list. */
export function expressionCondition(view: View, text: string): Lambda {
  const run = runnable(view, text);
  if (run.kind === "value") return run.f;
  throw new CortadoError(
    "UsageError",
    `"${text}" is a list, not a condition on the event: take any(...) or all(...) of it`,
    {
      code: "BadArgument",
    },
  );
}

function runnable(view: View, text: string): Runnable {
  const { layout } = view.scope.columns;
  const defined = [...view.definitions.keys()];
  let ofLayout = known.get(layout);
  if (ofLayout === undefined) {
    ofLayout = new Map();
    known.set(layout, ofLayout);
  }
  const key = JSON.stringify([text, defined]);
  let found = ofLayout.get(key);
  if (found === undefined) {
    found = functionsOf(compileExpression(text, layout, defined));
    ofLayout.set(key, found);
  }
  return found;
}

function functionsOf(compiled: Compiled): Runnable {
  if (compiled.kind === "value") return { kind: "value", f: lambda("e", compiled.text) };
  if (compiled.kind === "values") return { kind: "list of an event", f: lambda("e", compiled.text) };
  const { collection, conditions, value, usesEvent } = compiled;
  if (!usesEvent)
    return { kind: "list", collection, conditions: conditions.map((c) => lambda("i", c)), value: lambda("i", value) };
  const filtered = conditions.reduce((of, c) => `${of}.filter((i) => ${c})`, `e[${JSON.stringify(collection)}]`);
  return { kind: "list of an event", f: lambda("e", `${filtered}.map((i) => ${value})`) };
}

/** Texts come from the compiler only: names are quoted, everything else is its own. */
function lambda(parameter: string, text: string): Lambda {
  return new Function(parameter, `return ${text};`) as Lambda;
}
