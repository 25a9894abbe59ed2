import { type Column, valuesOf } from "../jagged/index.ts";
import { ColumnOverEvents } from "./column-over-events.ts";
import type { EventList } from "./event-list.ts";
import { valueSource } from "./stored-source.ts";
import type { View } from "./view.ts";

/**
 * A definition, or a flat map, whose lists had no items in any event: nothing says what they are lists of, nor whether it is a
 * list at all where there is no event. It answers every operation and member with itself; its column has an empty list for each event.
 */
export function nothing(view: View): object {
  const { length } = view;
  const content: Column = { kind: "primitive", dtype: "float64", length: 0, values: new Float64Array(0) };
  const lists: Column = { kind: "list", offsets: new Int32Array(length + 1), content, length };
  const each = (dtype: "float64" | "int32" | "bool", value: number) => (): ColumnOverEvents => {
    const values = new valuesOf[dtype](length).fill(value);
    return new ColumnOverEvents(view, () => ({ kind: "primitive", dtype, values, length }) as Column);
  };
  return absorbing({
    length,
    alignment: view.alignment,
    toColumn: () => (length === 0 ? content : lists),
    sum: each("float64", 0),
    count: each("int32", 0),
    any: each("bool", 0),
    all: each("bool", 1),
    concat: (other: unknown) => other,
    $view: view,
    $empty: true,
    $names: () => ({ owner: "lists of nothing", names: [] }),
    $print: () => "lists of nothing",
  });
}

/** A list of one event without items, of which nothing says what they would be. */
export function emptyList(): EventList {
  return absorbing({
    length: 0,
    count: () => 0,
    sum: () => 0,
    any: () => false,
    all: () => true,
    concat: (other: EventList) => other,
    $empty: true,
    $i: -1,
    $source: valueSource([], 0, 0),
    $print: () => "list of 0",
  }) as EventList;
}

/** Something that has only `own`: any other member is the object itself, and so is what a call of it gives. */
function absorbing(own: Readonly<Record<string, unknown>>): object {
  const self: object = new Proxy(() => self, {
    get: (target, name) => {
      if (typeof name === "symbol" || name === "then" || name === "toJSON") return Reflect.get(target, name);
      return Object.hasOwn(own, name) ? own[name] : self;
    },
    apply: () => self,
  });
  return self;
}
