import type { Column } from "../jagged/index.ts";
import type { View } from "./view.ts";

/**
 * A definition over no events: whether it is a value or a list only an event could tell. It answers every operation and
 * every member with itself, and is an empty column.
 */
export function nothing(view: View): object {
  const column: Column = { kind: "primitive", dtype: "float64", length: 0, values: new Float64Array(0) };
  const own: Record<string, unknown> = {
    length: 0,
    alignment: view.alignment,
    toColumn: () => column,
    $view: view,
    $print: () => "nothing defined: no events",
  };
  const self: object = new Proxy(() => self, {
    get: (target, name) => {
      if (typeof name === "symbol" || name === "then" || name === "toJSON") return Reflect.get(target, name);
      return name in own ? own[name] : self;
    },
    apply: () => self,
  });
  return self;
}
