import {
  Binary,
  Bool,
  type Data,
  type DataType,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  makeData,
  Struct,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Vector,
} from "apache-arrow";
import type { Column, ColumnSource, DType } from "../jagged/index.ts";
import { packBits } from "./bits.ts";

/** The Arrow type of each dtype. */
const arrowTypes: { readonly [D in DType]: () => DataType } = {
  bool: () => new Bool(),
  int8: () => new Int8(),
  int16: () => new Int16(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  uint8: () => new Uint8(),
  uint16: () => new Uint16(),
  uint32: () => new Uint32(),
  uint64: () => new Uint64(),
  float32: () => new Float32(),
  float64: () => new Float64(),
};

/**
 * A column as an Arrow vector of one chunk over the same buffers: values, offsets, bytes and validity are shared, so neither side
 * may write into them. Lists become `List`, records `Struct`, strings `Utf8` or `Binary`; what has a validity is nullable.
 * A lazy column is computed first.
 *
 * Cost: none for the data, except `bool`, which Arrow keeps as bits: those are packed into a new buffer, in one pass.
 */
export function toArrow(column: Column | ColumnSource): Vector {
  return new Vector([toArrowData("toColumn" in column ? column.toColumn() : column)]);
}

/** The same as `Data`, what vectors, lists and tables are made of. */
export function toArrowData(column: Column): Data {
  const { length } = column;
  const shape = column.validity === undefined ? { length, nullCount: 0 } : { length, nullBitmap: column.validity };
  switch (column.kind) {
    case "primitive": {
      const data = column.dtype === "bool" ? packBits(column.values as Uint8Array, length) : column.values;
      return makeData({ type: arrowTypes[column.dtype](), data, ...shape } as never);
    }
    case "string": {
      const type = column.encoding === "utf8" ? new Utf8() : new Binary();
      return makeData({ type, valueOffsets: column.offsets, data: column.bytes, ...shape } as never);
    }
    case "list": {
      const child = toArrowData(column.content);
      const type = new List(arrowField("item", column.content, child));
      return makeData({ type, valueOffsets: column.offsets, child, ...shape });
    }
    case "record": {
      const children = [...column.fields.values()].map(toArrowData);
      const fields = [...column.fields].map(([name, member], f) => arrowField(name, member, children[f]!));
      return makeData({ type: new Struct(fields), children, ...shape });
    }
  }
}

/** A field that allows missing values if the column has a validity. */
export function arrowField(name: string, column: Column, data: Data): Field {
  return new Field(name, data.type, column.validity !== undefined);
}
