import { CortadoError } from "../errors.ts";
import { Definition } from "./definition.ts";
import { driver } from "./driver.ts";
import { type EventCursor, eventCursor } from "./event-cursor.ts";
import type { Scope } from "./scope.ts";
import type { Lambda } from "./source.ts";

/**
 * Which events of the chunk, and what is defined on them. `define` makes a view of the same events (the same `alignment`),
 * `filter` one of fewer.
 */
export class View {
  readonly scope: Scope;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The same object for views of the same events. */
  readonly alignment: object;
  private readonly select: (() => Int32Array | undefined) | undefined;
  private selected: Int32Array | undefined;
  private evaluated = false;

  constructor(
    scope: Scope,
    definitions: ReadonlyMap<string, Definition>,
    alignment: object,
    select?: () => Int32Array | undefined,
  ) {
    this.scope = scope;
    this.definitions = definitions;
    this.alignment = alignment;
    this.select = select;
  }

  /** The events of the view as indices into the chunk; `undefined` for all of them. */
  get rows(): Int32Array | undefined {
    if (!this.evaluated) {
      this.selected = this.select?.();
      this.evaluated = true;
    }
    return this.selected;
  }

  get length(): number {
    return this.rows?.length ?? this.scope.columns.length;
  }

  define(definitions: Readonly<Record<string, (e: unknown) => unknown>>): View {
    const all = new Map(this.definitions);
    const { layout, length } = this.scope.columns;
    for (const [name, compute] of Object.entries(definitions)) {
      if (
        name in layout.collections ||
        name in layout.records ||
        name in layout.scalars ||
        all.has(name) ||
        reserved.has(name)
      )
        throw new CortadoError("UsageError", `define: events have "${name}" already; choose another name`, {
          code: "BadArgument",
        });
      if (typeof compute !== "function")
        throw new CortadoError("UsageError", `define: "${name}" must be a function of an event, (e) => …`, {
          code: "BadArgument",
        });
      all.set(name, new Definition(name, compute, length, () => eventCursor(this.scope, all, compute)));
    }
    return new View(this.scope, all, this.alignment, () => this.rows);
  }

  filter(f: Lambda): View {
    return new View(this.scope, this.definitions, {}, () => {
      const p = { f, e: this.acquire(f), kept: { n: 0, rows: new Int32Array(this.length) } };
      driver(keepIf, ["f", "e", "kept"], [f])(this.rows, this.length, p);
      return p.kept.rows.slice(0, p.kept.n);
    });
  }

  /** A cursor for one lambda. */
  acquire(f: Lambda | ((e: unknown) => unknown)): EventCursor {
    return eventCursor(this.scope, this.definitions, f);
  }

  /** Computes a definition for every event of the view. */
  evaluate(definition: Definition): void {
    const body = "if (d.state[r] === 0) d.evaluate(d, r);";
    driver(body, ["d"], [definition.compute])(this.rows, this.length, { d: definition });
  }
}

const keepIf = "e.$place(r); const t = f(e); if (t === true || (t !== false && truth(t))) kept.rows[kept.n++] = r;";

/** Names of operations and properties of events. */
const reserved: ReadonlySet<string> = new Set([
  "define",
  "filter",
  "map",
  "length",
  "metadata",
  "alignment",
  "column",
  "toParquet",
  "vary",
  "variation",
]);
