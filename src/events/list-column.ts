import { CortadoError } from "../errors.ts";
import { at, type Column, concatenate, type ListColumn, slice, valuesAstype } from "../jagged/index.ts";
import { runLoops } from "./chain-loops.ts";
import { listNames } from "./event-list.ts";
import { type Chain, LoopText } from "./loop-text.ts";
import type { Store } from "./store.ts";
import { ValueSink } from "./value-sink.ts";
import type { View } from "./view.ts";

/**
 * The values of a chain as a list column: what `map` makes in the type of its answers, a member in the type of its column and with
 * its missing values; the column itself where nothing is done to it.
 */
export function listColumn(view: View, chain: Chain): ListColumn {
  const { slots, from, steps } = chain;
  if (slots !== undefined)
    throw new CortadoError(
      "ShapeError",
      `${listNames(slots).owner} are objects, not values: name a member (.pt) or map them to a number`,
      { code: "TypeMismatch" },
    );
  const last = steps.at(-1);
  if (last?.kind === "member")
    return memberColumn(view, { from, steps: steps.slice(0, -1), slots: [last.stores] }, last.stores, last.name);
  const { length } = view;
  const text = new LoopText();
  const sink = new ValueSink();
  const offsets = new Int32Array(length + 1);
  const [s, o] = [text.parameter(sink), text.parameter(offsets)];
  runLoops(view, text, `${text.over(chain, (item) => `${s}.push(${item.items[0]});`)} ${o}[k + 1] = ${s}.length;`);
  return { kind: "list", offsets, content: inTypeOf(storedType(chain), sink.column()), length };
}

/** A member of the items of a chain, taken from the columns of their stores. Cost: one pass for the indices, one for the values. */
function memberColumn(view: View, items: Chain, stores: readonly Store[], member: string): ListColumn {
  const { length, rows } = view;
  const columns = stores.map((store) => store.wholeColumn(member));
  if (items.from.kind === "store" && items.steps.length === 0 && rows === undefined)
    return { kind: "list", offsets: items.from.store.offsets, content: columns[0]!, length };
  const text = new LoopText();
  const found = { n: 0, codes: new Int32Array(64) };
  const offsets = new Int32Array(length + 1);
  const [f, o] = [text.parameter(found), text.parameter(offsets)];
  const keep = (code: string): string =>
    `if (${f}.n === ${f}.codes.length) ${f}.codes = grown(${f}.codes); ${f}.codes[${f}.n++] = ${code};`;
  runLoops(view, text, `${text.over(items, (item) => keep(item.codes[0]!))} ${o}[k + 1] = ${f}.n;`);
  const index = found.codes.subarray(0, found.n);
  return { kind: "list", offsets, content: taken(columns, index), length };
}

/** Entries of one column, or by their codes (see `encode`) of several. */
function taken(columns: readonly Column[], codes: Int32Array): Column {
  const k = columns.length;
  if (codes.length === 0) return noneOf(columns);
  if (k === 1) return at(columns[0]!, codes);
  const starts = columns.map((_, c) => columns.slice(0, c).reduce((sum, column) => sum + column.length, 0));
  return at(
    concatenate(columns),
    codes.map((code) => starts[code % k]! + Math.trunc(code / k)),
  );
}

/** No entry, of the type that all columns have in common. */
function noneOf(columns: readonly Column[]): Column {
  const none = columns.map(({ lacking: _, ...column }) => at(column as Column, slice(0, 0)));
  return none.length === 1 ? none[0]! : concatenate(none);
}

/** An empty column of the type that a chain's values are stored in; `undefined` for values that a lambda made. */
export function storedType({ from, steps }: Chain): Column | undefined {
  for (const step of steps.toReversed()) {
    if (step.kind === "map") return undefined;
    if (step.kind === "member") return noneOf(step.stores.map((store) => store.wholeColumn(step.name)));
  }
  switch (from.kind) {
    case "sorted":
      return storedType(from.of);
    case "stored":
      return from.lists().type;
    case "concat": {
      const types = from.parts.map(storedType);
      return types.includes(undefined) ? undefined : noneOf(types as Column[]);
    }
    default:
      return undefined;
  }
}

/** Values in the type of a column that they were read from. */
function inTypeOf(type: Column | undefined, values: Column): Column {
  if (type?.kind === "primitive" && values.kind === "primitive") return valuesAstype(values, type.dtype);
  return type !== undefined && values.length === 0 ? type : values;
}
