import { CortadoError } from "../errors.ts";
import { type Column, type ListColumn, type PrimitiveColumn, type Values, valuesOf } from "../jagged/index.ts";
import type { ChunkColumns } from "./chunk-columns.ts";
import type { EventLayout, LayoutColumn } from "./layout.ts";
import { ancestry, globalIndices, inverse, type Links, ownKindLast, references } from "./references.ts";

/** What must be read before a computed column can be made: columns by canonical name, and list lengths of collections. */
export function inputsOf(
  layout: EventLayout,
  name: string,
): { readonly columns: readonly string[]; readonly lengths: readonly string[] } {
  const { computed, collection, target } = layout.columns[name]!;
  if (computed === undefined) return { columns: [name], lengths: [] };
  const groups = computed.kind === "missing" ? [collection] : [collection, target ?? computed.into];
  return {
    columns: computed.of,
    lengths: groups.filter((group) => group !== undefined && layout.collections[group]?.missing !== true) as string[],
  };
}

/**
 * A column that `file` does not store, from those it is made of, as `LayoutColumn.computed` says. Its inputs must be in
 * `columns`. Throws the error that reading an input gave, `ShapeError` for inputs with missing values where an answer
 * needs all of them, `FormatError` for objects that are their own ancestors. Cost: one pass over the objects.
 */
export function computeColumn(columns: ChunkColumns, name: string, file: string): Column {
  const column = columns.layout.columns[name]!;
  const offsets = column.depth === 0 ? undefined : offsetsOf(columns, column.collection);
  const content = contentOf(columns, name, column, offsets, file);
  return offsets === undefined ? content : { kind: "list", offsets, content, length: columns.length };
}

/** Offsets of the column's collection, all lists empty if the file has no such collection; `undefined` for one value an event. */
function offsetsOf(columns: ChunkColumns, collection: string | undefined): Int32Array | undefined {
  if (collection === undefined) return undefined;
  return columns.knownOffsets(collection) ?? new Int32Array(columns.length + 1);
}

function contentOf(
  columns: ChunkColumns,
  name: string,
  column: LayoutColumn,
  offsets: Int32Array | undefined,
  file: string,
): Column {
  const { kind, of, value = 0 } = column.computed!;
  const length = offsets === undefined ? columns.length : offsets.at(-1)!;
  const input = of.map((one) => flat(columns, one));
  const globals = (): Links => globalIndices(offsets!, columns.knownOffsets(column.computed!.into!)!, input);
  switch (kind) {
    case "constant":
      return primitive(column, length, () => value);
    case "missing":
      return {
        ...missing(column, offsets === undefined ? column.depth : column.depth - 1, length),
        lacking: { column: name, file },
      };
    case "bits":
      return sameValidity(
        input,
        primitive(column, length, (i) => +((Number(input[0]!.values[i]) & value) === value)),
      );
    case "at least":
      return sameValidity(
        input,
        primitive(column, length, (i) => +(Number(input[0]!.values[i]) >= value)),
      );
    case "mass": {
      const [pt, eta, energy] = input.map((one) => one.values as ArrayLike<number>);
      return sameValidity(
        input,
        primitive(column, length, (i) => massOf(pt![i]!, eta![i]!, energy![i]!)),
      );
    }
    case "x":
    case "y": {
      const [pt, phi] = input.map((one) => one.values as ArrayLike<number>);
      const part = kind === "x" ? Math.cos : Math.sin;
      return sameValidity(
        input,
        primitive(column, length, (i) => pt![i]! * part(phi![i]!)),
      );
    }
    case "global index":
      return column.depth > 1 ? lists(globals(), input) : sameValidity(input, oneEach(column, globals()));
    case "reference":
      return lists(references(offsets!, columns.knownOffsets(column.target!)!, input), input);
    default:
      for (const [k, one] of input.entries()) checkWhole(one, of[k]!, name);
      return lists(related(kind, offsets!, input, of[0]!), []);
  }
}

/** The values of a stored column, one for each object. */
function flat(columns: ChunkColumns, name: string): PrimitiveColumn {
  const column = columns.known(name);
  if (column instanceof Error) throw column;
  const content = column?.kind === "list" ? column.content : column;
  if (content?.kind === "primitive") return content;
  throw new CortadoError("SchemaError", `${name} does not hold numbers, one for each object`, {
    code: "IncompatibleColumn",
    column: name,
  });
}

function related(kind: string, offsets: Int32Array, input: readonly PrimitiveColumn[], index: string): Links {
  const links = references(offsets, offsets, [input[0]!]);
  if (kind === "children") return inverse(links);
  const { parents, deep } = ancestry(links, input[1]!.values, offsets, index);
  if (kind === "distinct parent") return parents;
  return kind === "distinct children" ? inverse(parents) : ownKindLast(inverse(deep), input[1]!.values);
}

function lists({ starts, items }: Links, checked: readonly PrimitiveColumn[]): ListColumn {
  const length = starts.length - 1;
  const content: PrimitiveColumn<"int32"> = {
    kind: "primitive",
    dtype: "int32",
    length: starts[length]!,
    values: items,
  };
  return sameValidity(checked, { kind: "list", offsets: starts, content, length });
}

/** The one item that every object has, 0 for an object without. */
function oneEach(column: LayoutColumn, { starts, items }: Links): PrimitiveColumn {
  return primitive(column, starts.length - 1, (i) => (starts[i + 1]! > starts[i]! ? items[starts[i]!]! : 0));
}

function primitive({ type }: LayoutColumn, length: number, value: (i: number) => number): PrimitiveColumn {
  const dtype = type === "string" || type === "bytes" ? "float64" : type;
  const values = new valuesOf[dtype](length) as Values;
  for (let i = 0; i < length; i++) values[i] = value(i);
  return { kind: "primitive", dtype, length, values } as PrimitiveColumn;
}

/** The column with values missing wherever one of the inputs has none. */
function sameValidity<C extends Column>(input: readonly PrimitiveColumn[], column: C): C {
  const checked = input.flatMap((one) => one.validity ?? []);
  if (checked.length === 0) return column;
  return { ...column, validity: checked[0]!.map((byte, k) => checked.reduce((all, v) => all & v[k]!, byte)) };
}

/** `length` entries with no value in any; `depth` lists around each. */
function missing(column: LayoutColumn, depth: number, length: number): Column {
  const validity = new Uint8Array((length + 7) >> 3);
  if (depth > 0)
    return {
      kind: "list",
      offsets: new Int32Array(length + 1),
      content: missing(column, depth - 1, 0),
      length,
      validity,
    };
  if (column.type === "string" || column.type === "bytes") {
    const encoding = column.type === "string" ? "utf8" : "binary";
    return {
      kind: "string",
      encoding,
      offsets: new Int32Array(length + 1),
      bytes: new Uint8Array(0),
      length,
      validity,
    };
  }
  const float = column.type === "float32" || column.type === "float64";
  const values = new valuesOf[column.type](length) as Values;
  if (float) (values as Float64Array).fill(Number.NaN);
  return { kind: "primitive", dtype: column.type, values, length, validity } as PrimitiveColumn;
}

function massOf(pt: number, eta: number, energy: number): number {
  const squared = energy ** 2 - (pt * Math.cosh(eta)) ** 2;
  return Math.sign(squared) * Math.sqrt(Math.abs(squared));
}

function checkWhole(column: PrimitiveColumn, input: string, name: string): void {
  if (column.validity !== undefined)
    throw new CortadoError("ShapeError", `${name} cannot be made of ${input}, which has missing values`, {
      code: "TypeMismatch",
      column: input,
    });
}
