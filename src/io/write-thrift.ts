import { type GrowingBytes, growingBytes, putByte, putBytes, putVarint, written } from "./write-bytes.ts";

/**
 * Thrift's compact protocol as far as Parquet's footer and page headers need it
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md): values are plain data,
 * {@link encodeThrift} writes a struct. Integers are below 2^52 in size.
 */
export type ThriftValue =
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "i8" | "i16" | "i32" | "i64"; readonly value: number }
  | { readonly type: "binary"; readonly value: Uint8Array }
  | { readonly type: "list"; readonly of: ThriftType; readonly items: readonly ThriftValue[] }
  | { readonly type: "struct"; readonly fields: ThriftFields };

export type ThriftType = ThriftValue["type"];

/** Field values by field number; undefined ones are left out. */
export type ThriftFields = { readonly [id: number]: ThriftValue | undefined };

export const i8 = (value: number): ThriftValue => ({ type: "i8", value });
export const i16 = (value: number): ThriftValue => ({ type: "i16", value });
export const i32 = (value: number): ThriftValue => ({ type: "i32", value });
export const i64 = (value: number): ThriftValue => ({ type: "i64", value });
export const bool = (value: boolean): ThriftValue => ({ type: "bool", value });
export const binary = (value: Uint8Array): ThriftValue => ({ type: "binary", value });
export const text = (value: string): ThriftValue => binary(new TextEncoder().encode(value));
export const struct = (fields: ThriftFields): ThriftValue => ({ type: "struct", fields });
export const list = (of: ThriftType, items: readonly ThriftValue[]): ThriftValue => ({ type: "list", of, items });

export function encodeThrift(fields: ThriftFields): Uint8Array<ArrayBuffer> {
  const out = growingBytes();
  putStruct(out, fields);
  return written(out);
}

/** Type numbers of the compact protocol. A boolean field carries its value in its type: 1 true, 2 false. */
const typeNumber: { readonly [T in ThriftType]: number } = {
  bool: 1,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  binary: 8,
  list: 9,
  struct: 12,
};

function putStruct(out: GrowingBytes, fields: ThriftFields): void {
  let last = 0;
  // Integer keys of an object come in ascending order.
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const id = Number(key);
    const type = value.type === "bool" && !value.value ? 2 : typeNumber[value.type];
    if (id - last <= 15) putByte(out, ((id - last) << 4) | type);
    else {
      putByte(out, type);
      putZigzag(out, id);
    }
    if (value.type !== "bool") putValue(out, value);
    last = id;
  }
  putByte(out, 0);
}

function putValue(out: GrowingBytes, value: ThriftValue): void {
  switch (value.type) {
    case "bool":
      putByte(out, value.value ? 1 : 2);
      break;
    case "i8":
      putByte(out, value.value & 0xff);
      break;
    case "i16":
    case "i32":
    case "i64":
      putZigzag(out, value.value);
      break;
    case "binary":
      putVarint(out, value.value.length);
      putBytes(out, value.value);
      break;
    case "list":
      if (value.items.length < 15) putByte(out, (value.items.length << 4) | typeNumber[value.of]);
      else {
        putByte(out, 0xf0 | typeNumber[value.of]);
        putVarint(out, value.items.length);
      }
      for (const item of value.items) putValue(out, item);
      break;
    case "struct":
      putStruct(out, value.fields);
      break;
  }
}

function putZigzag(out: GrowingBytes, value: number): void {
  putVarint(out, value < 0 ? -2 * value - 1 : 2 * value);
}
