import { CortadoError } from "../errors.ts";
import {
  type Column,
  type ColumnSource,
  type DType,
  isValid,
  toList,
  typeName,
  type Values,
  valuesOf,
} from "../jagged/index.ts";
import type { NpyArray } from "./npy.ts";
import { type NpzOptions, zipNpy } from "./zip-npy.ts";

/** What is written of a histogram; `Hist` is one. Arrays are flat, row-major in the order of the axes. */
export interface NpzHist {
  readonly axes: readonly {
    readonly name: string;
    readonly edges?: Float64Array;
    readonly categories?: readonly (string | number)[];
  }[];
  readonly storage: { readonly kind: string };
  shape(): readonly number[];
  values(): Float64Array;
  variances(): Float64Array | undefined;
  counts(): Float64Array;
}

/** A column, flat or of lists; a lazy column; a typed array; texts; a histogram. */
export type NpzValue = Column | ColumnSource | Values | readonly string[] | NpzHist;

/**
 * The bytes of a `.npz` file, which `numpy.load` reads:
 *
 * | given | arrays |
 * |---|---|
 * | numbers, booleans, text | `NAME`; of regular lists (`3 * float64`) with a dimension for each level |
 * | lists (`var * float32`) | `NAME.values` and int32 `NAME.offsets`: entry `i` is `values[offsets[i]:offsets[i + 1]]` |
 * | a histogram | `NAME.values`, `NAME.variances` if they are known, `NAME.counts` of means, all without flow bins, and for each axis `NAME.AXIS` with its edges or categories (`NAME.axis0`, … without a name) |
 *
 * The same input always gives the same bytes.
 *
 * @throws MissingValueError for missing values, which NumPy does not have; ShapeError for records and byte strings, UsageError
 * for anything else that is no array, and for two arrays of one name.
 */
export function toNpz(values: Readonly<Record<string, NpzValue>>, options: NpzOptions = {}): Uint8Array {
  const arrays: Record<string, NpyArray> = {};
  for (const [name, value] of Object.entries(values))
    for (const [key, array] of arraysOf(name, value)) {
      if (Object.hasOwn(arrays, key)) throw badArgument(`Two arrays of the .npz file would be called "${key}".`);
      arrays[key] = array;
    }
  return zipNpy(arrays, options);
}

type Named = [name: string, array: NpyArray];

function arraysOf(name: string, value: NpzValue): Named[] {
  if (Array.isArray(value)) return [[name, { dtype: "string", shape: [value.length], values: textsOf(name, value) }]];
  if (ArrayBuffer.isView(value)) return [[name, typedArray(name, value as Values)]];
  if (typeof value === "object" && value !== null) {
    if ("axes" in value) return histArrays(name, value);
    if ("toColumn" in value) return columnArrays(name, value.toColumn());
    if ("kind" in value) return columnArrays(name, value as Column);
  }
  throw badArgument(`"${name}" cannot be written as .npz: it is no column, typed array, list of texts or histogram.`);
}

function textsOf(name: string, texts: readonly unknown[]): readonly string[] {
  const other = texts.findIndex((text) => typeof text !== "string");
  if (other < 0) return texts as readonly string[];
  throw badArgument(`"${name}" cannot be written as .npz: element ${other} is no text; give numbers as a typed array.`);
}

function typedArray(name: string, values: Values): NpyArray {
  const found = Object.entries(valuesOf).find(([dtype, type]) => dtype !== "bool" && values instanceof type);
  if (found === undefined)
    throw badArgument(`"${name}" cannot be written as .npz: a ${values.constructor.name} has no dtype.`);
  return numbers(found[0] as DType, [values.length], values);
}

const numbers = (dtype: DType, shape: readonly number[], values: Values): NpyArray =>
  ({ dtype, shape, values }) as NpyArray;

/** @param shape dimensions of the entries: their number, and sizes of regular lists that were gone into */
function columnArrays(name: string, column: Column, shape: readonly number[] = [column.length]): Named[] {
  const length = shape.reduce((product, n) => product * n, 1);
  requireWhole(name, column, length);
  if (column.kind === "primitive") return [[name, numbers(column.dtype, shape, column.values.subarray(0, length))]];
  if (column.kind === "string" && column.encoding === "utf8")
    return [[name, { dtype: "string", shape, values: toList(column).slice(0, length) as string[] }]];
  if (column.kind === "list" && isRegular(column)) return columnArrays(name, column.content, [...shape, column.size!]);
  if (column.kind === "list") {
    const offsets = column.offsets.subarray(0, length + 1);
    return [
      [`${name}.offsets`, { dtype: "int32", shape: [length + 1], values: offsets }],
      ...columnArrays(`${name}.values`, column.content, [offsets[length]!]),
    ];
  }
  throw new CortadoError(
    "ShapeError",
    `"${name}" cannot be written as .npz: NumPy has no ${typeName(column)}${column.kind === "record" ? "; give its fields by name" : ""}.`,
    { code: "TypeMismatch", column: name },
  );
}

/** True if lists have one length, and what is in them too: then they are dimensions. */
function isRegular(column: Column): boolean {
  return column.kind !== "list" || (column.size !== undefined && isRegular(column.content));
}

function requireWhole(name: string, column: Column, length: number): void {
  if (column.validity === undefined) return;
  for (let event = 0; event < length; event++)
    if (!isValid(column, event))
      throw new CortadoError(
        "MissingValueError",
        `"${name}" cannot be written as .npz: entry ${event} is missing, and NumPy has no missing values; fillNone says what stands for them.`,
        { column: name, event },
      );
}

function histArrays(name: string, hist: NpzHist): Named[] {
  const shape = hist.shape();
  const cells = (array: string, values: Float64Array | undefined): Named[] =>
    values === undefined ? [] : [[`${name}.${array}`, { dtype: "float64", shape, values }]];
  return [
    ...cells("values", hist.values()),
    ...cells("variances", hist.variances()),
    ...cells("counts", /mean$/i.test(hist.storage.kind) ? hist.counts() : undefined),
    ...hist.axes.map((axis, i): Named => [`${name}.${axis.name || `axis${i}`}`, axisArray(axis)]),
  ];
}

function axisArray({ edges, categories }: NpzHist["axes"][number]): NpyArray {
  if (edges !== undefined) return { dtype: "float64", shape: [edges.length], values: edges };
  const shape = [categories!.length];
  if (categories!.every((category) => typeof category === "string"))
    return { dtype: "string", shape, values: categories as readonly string[] };
  return { dtype: "int64", shape, values: BigInt64Array.from(categories as readonly number[], BigInt) };
}

function badArgument(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
