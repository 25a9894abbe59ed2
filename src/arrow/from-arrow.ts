import { type Data, type DataType, Type, type Vector } from "apache-arrow";
import { CortadoError } from "../errors.ts";
import { type Column, concatenate, type DType, isValid, type PrimitiveColumn, type Values } from "../jagged/index.ts";
import { packBits, unpackBits } from "./bits.ts";
import { gather } from "./gather.ts";
import { requireWhole } from "./require-whole.ts";

/**
 * An Arrow vector as a column over the same buffers, so neither side may write into them. `Int`, `Float32`, `Float64`, `Bool`, `Utf8`,
 * `Binary`, `List`, `FixedSizeList`, `Struct`, their 64-bit-offset forms, `Dictionary` (decoded) and `Null` (missing float64) are taken.
 *
 * Cost: a pass over offsets, to check them; none for the values, but what cortado keeps in another form is copied: `Bool` (bits), `Dictionary`, 64-bit offsets,
 * offsets of a slice, a validity that does not start at a byte, values of missing entries that are not 0 or NaN, missing
 * lists that are not empty; and everything if the vector has several chunks.
 *
 * Throws FormatError: `UnsupportedType` for other types, dates and decimals for instance (cast them first), `CorruptOffsets`
 * for buffers that do not hold what lengths and offsets say.
 */
export function fromArrow(vector: Vector): Column {
  return joined(vector.data.map((data) => columnOf(data, "")));
}

const joined = (chunks: readonly Column[]): Column => (chunks.length === 1 ? chunks[0]! : concatenate(chunks));

/** @param path where in the vector the data lies, for messages */
function columnOf(data: Data, path: string): Column {
  requireWhole(data, path);
  const { length } = data;
  const validity = validityOf(data);
  const shape = validity === undefined ? { length } : { length, validity };
  const type = data.type as DataType & { bitWidth: number; isSigned: boolean; precision: number; listSize: number };
  const numbers = (dtype: DType): Column =>
    tidy({ kind: "primitive", dtype, values: data.values.subarray(0, length), ...shape } as PrimitiveColumn);
  switch (type.typeId as Type) {
    case Type.Int:
      return numbers(`${type.isSigned ? "" : "u"}int${type.bitWidth}` as DType);
    case Type.Float:
      if (type.precision === 0) throw unsupported(type, path);
      return numbers(type.precision === 1 ? "float32" : "float64");
    case Type.Bool: {
      const values = unpackBits(data.values, data.offset, length);
      if (validity !== undefined) for (let i = 0; i < length; i++) values[i]! &= (validity[i >> 3]! >> (i & 7)) & 1;
      return { kind: "primitive", dtype: "bool", values, ...shape };
    }
    case Type.Null:
      return {
        kind: "primitive",
        dtype: "float64",
        values: new Float64Array(length).fill(Number.NaN),
        length,
        ...(length > 0 && { validity: new Uint8Array((length + 7) >> 3) }),
      };
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary: {
      const { offsets, first, last } = rebased(data);
      const encoding = type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8 ? "utf8" : "binary";
      return tidy({ kind: "string", encoding, offsets, bytes: data.values.subarray(first, last), ...shape });
    }
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList: {
      const { offsets, first, last } =
        type.typeId === Type.FixedSizeList ? fixed(length, type.listSize) : rebased(data);
      const content = columnOf(data.children[0]!.slice(first, last - first), `${path}[]`);
      return tidy({ kind: "list", offsets, content, ...shape });
    }
    case Type.Struct: {
      const fields = (type.children ?? []).map((field, f) => {
        const child = data.children[f]!;
        const whole = child.length === length ? child : child.slice(0, length);
        return [field.name, columnOf(whole, path === "" ? field.name : `${path}.${field.name}`)] as const;
      });
      return { kind: "record", fields: new Map(fields), ...shape };
    }
    case Type.Dictionary: {
      const picked = Int32Array.from(data.values.subarray(0, length) as Int32Array, Number);
      if (validity !== undefined) for (let i = 0; i < length; i++) if (!isValid(shape as Column, i)) picked[i] = -1;
      return gather(joined(data.dictionary!.data.map((part) => columnOf(part, path))), picked);
    }
    default:
      throw unsupported(type, path);
  }
}

/** The bitmap from bit 0 on, undefined if nothing is missing. */
function validityOf(data: Data): Uint8Array | undefined {
  if (data.typeId === Type.Null || data.nullCount === 0) return undefined;
  const { offset, length, nullBitmap } = data;
  if ((offset & 7) === 0) return nullBitmap.subarray(offset >> 3, (offset + length + 7) >> 3);
  return packBits(unpackBits(nullBitmap, offset, length), length);
}

interface Ranges {
  readonly offsets: Int32Array;
  /** Range of the content that the offsets are about. */
  readonly first: number;
  readonly last: number;
}

/** Offsets that start at 0. Those of an empty vector may be missing in Arrow. */
function rebased(data: Data): Ranges {
  const source = data.valueOffsets as Int32Array | BigInt64Array;
  if (data.length === 0) return { offsets: new Int32Array(1), first: 0, last: 0 };
  const first = Number(source[0]);
  const last = Number(source[data.length]);
  if (source instanceof Int32Array && first === 0) return { offsets: source.subarray(0, data.length + 1), first, last };
  return { offsets: Int32Array.from({ length: data.length + 1 }, (_, i) => Number(source[i]) - first), first, last };
}

function fixed(length: number, size: number): Ranges {
  return { offsets: Int32Array.from({ length: length + 1 }, (_, i) => i * size), first: 0, last: length * size };
}

/** Missing numbers become 0 or NaN and missing lists empty, as columns have them; a column that has them stays what it is. */
function tidy(column: Exclude<Column, { kind: "record" }>): Column {
  if (column.validity === undefined) return column;
  if (column.kind === "primitive") {
    const zero = column.values instanceof BigInt64Array || column.values instanceof BigUint64Array ? 0n : 0;
    const filler = column.dtype === "float32" || column.dtype === "float64" ? Number.NaN : zero;
    let values: (Values & { [i: number]: number | bigint }) | undefined;
    for (let i = 0; i < column.length; i++) {
      if (isValid(column, i) || Object.is(column.values[i], filler)) continue;
      values ??= column.values.slice() as never;
      values![i] = filler;
    }
    return values === undefined ? column : { ...column, values: values as never };
  }
  const picked = new Int32Array(column.length);
  let full = false;
  for (let i = 0; i < column.length; i++) {
    const missing = !isValid(column, i);
    picked[i] = missing ? -1 : i;
    full ||= missing && column.offsets[i + 1]! > column.offsets[i]!;
  }
  return full ? gather(column, picked) : column;
}

function unsupported(type: DataType, path: string): CortadoError {
  const where = path === "" ? "a vector" : `"${path}"`;
  return new CortadoError(
    "FormatError",
    `${where} has the Arrow type ${type}, which columns do not have; cast it first`,
    {
      code: "UnsupportedType",
      ...(path !== "" && { column: path }),
    },
  );
}
