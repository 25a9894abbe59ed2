import { CortadoError } from "../errors.ts";
import { type Column, type DType, valuesOf } from "./column.ts";
import { type ColumnType, parseColumnType } from "./column-type.ts";
import { fieldOf, inferType, mismatch } from "./infer-type.ts";
import { childOf, describeEntry, describePath, type EntryPath, entryKind, flattenEntries } from "./nested-entries.ts";

/**
 * Nested arrays, objects, strings, numbers, bigints and booleans as a column with one entry per element of `nested`;
 * `null` is missing. {@link toList} is the way back.
 *
 * Without `type` it is inferred: number → float64 (always: JavaScript cannot tell 1 from 1.0), bigint → int64,
 * boolean → bool, string, `Uint8Array` → bytes, array → list, plain object → record; what is empty is float64.
 * `type` is an awkward-style type string for the entries, with or without the leading number of them:
 * `"var * float32"`, `"100 * ?int64"`, `"option[var * float64]"`, `"{x: float64, y: var * ?int32}"`, `"(int32, bool)"`.
 * An integer type takes numbers and bigints that are integers in its range; a float type numbers, and bigints it holds
 * exactly (float32 rounds numbers, as `Math.fround` does).
 *
 * Throws ShapeError (`TypeMismatch` for a value of another kind, naming its path; `LengthMismatch` for a length that
 * was given and is not met), MissingValueError for `null` where the type has no `?`, UsageError for a type that cannot be read.
 * Cost: a few passes over all values, with a JavaScript array per level; meant for tests and small tables.
 */
export function fromList(nested: readonly unknown[], type?: string): Column {
  const pathOf: EntryPath = (i) => [i];
  if (entryKind(nested) !== "list")
    throw new CortadoError("UsageError", `fromList takes an array, not ${describeEntry(nested)}`, {
      code: "BadArgument",
    });
  const entries = Array.from(nested);
  if (type === undefined) return build(entries, inferType(entries, pathOf), pathOf);
  const given = parseColumnType(type);
  if (given.length !== undefined && given.length !== entries.length)
    throw new CortadoError("ShapeError", `type "${type}" has ${given.length} entries, the data ${entries.length}`, {
      code: "LengthMismatch",
    });
  return build(entries, given.type, pathOf);
}

/** Stands for whatever lies inside a missing record: a slot that nobody looks at. */
const absent: unique symbol = Symbol("absent");

function build(entries: readonly unknown[], type: ColumnType, pathOf: EntryPath): Column {
  const length = entries.length;
  const validity = validityOf(entries, type, pathOf);
  const shape = validity === undefined ? { length } : { length, validity };
  const isMissing = (i: number): boolean => entries[i] === absent || entries[i] === null || entries[i] === undefined;
  const wrong = (i: number, wanted: string): CortadoError =>
    mismatch(pathOf(i), `${describePath(pathOf(i))} is ${describeEntry(entries[i])}, expected ${wanted}`);

  switch (type.kind) {
    case "primitive": {
      const { dtype } = type;
      const values = new valuesOf[dtype](length) as { [i: number]: number | bigint };
      const filler = isBig(dtype) ? 0n : isFloat(dtype) ? Number.NaN : 0;
      for (let i = 0; i < length; i++) {
        const value = isMissing(i) ? filler : toPrimitive(entries[i], dtype);
        if (value === undefined) throw wrong(i, wantedText(dtype));
        values[i] = value;
      }
      return { kind: "primitive", dtype, values: values as never, ...shape };
    }
    case "string": {
      const offsets = new Int32Array(length + 1);
      const parts: Uint8Array[] = [];
      const encoder = new TextEncoder();
      const wanted = type.encoding === "utf8" ? "string" : "bytes";
      for (let i = 0; i < length; i++) {
        let part: Uint8Array | undefined;
        if (!isMissing(i)) {
          if (entryKind(entries[i]) !== wanted) throw wrong(i, type.encoding === "utf8" ? "a string" : "a Uint8Array");
          part = wanted === "bytes" ? (entries[i] as Uint8Array) : encoder.encode(entries[i] as string);
          parts.push(part);
        }
        offsets[i + 1] = offsets[i]! + (part?.length ?? 0);
      }
      const bytes = new Uint8Array(offsets[length]!);
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      return { kind: "string", encoding: type.encoding, offsets, bytes, ...shape };
    }
    case "list": {
      for (let i = 0; i < length; i++) if (!isMissing(i) && entryKind(entries[i]) !== "list") throw wrong(i, "a list");
      const { offsets, children } = flattenEntries(entries);
      const size = type.size === undefined ? undefined : { size: type.size };
      if (type.size !== undefined)
        for (let i = 0; i < length; i++)
          if (!isMissing(i) && offsets[i + 1]! - offsets[i]! !== type.size)
            throw new CortadoError(
              "ShapeError",
              `${describePath(pathOf(i))} has ${offsets[i + 1]! - offsets[i]!} elements, the type says ${type.size}`,
              { code: "LengthMismatch", event: Number(pathOf(i)[0]) },
            );
      const content = build(children, type.element, childOf(pathOf, offsets));
      return { kind: "list", offsets, content, ...size, ...shape };
    }
    case "record": {
      for (let i = 0; i < length; i++) {
        if (isMissing(i)) continue;
        const fits = type.tuple
          ? Array.isArray(entries[i]) && (entries[i] as unknown[]).length === type.fields.length
          : entryKind(entries[i]) === "record";
        if (!fits) throw wrong(i, type.tuple ? `an array of ${type.fields.length} values` : "a record");
        if (!type.tuple) refuseUnknownFields(entries[i] as object, type.fields, pathOf(i));
      }
      const fields = new Map<string, Column>();
      for (const [name, fieldType] of type.fields) {
        const members = entries.map((entry, i) => (isMissing(i) ? absent : fieldOf(entry, name)));
        fields.set(
          name,
          build(members, fieldType, (i) => [...pathOf(i), type.tuple ? Number(name) : name]),
        );
      }
      return { kind: "record", fields, ...shape };
    }
  }
}

/** The bitmap of what is present, undefined if nothing is missing. */
function validityOf(entries: readonly unknown[], type: ColumnType, pathOf: EntryPath): Uint8Array | undefined {
  let validity: Uint8Array | undefined;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry !== null && entry !== undefined && entry !== absent) continue;
    if (!type.nullable) {
      if (entry === absent) continue;
      const path = pathOf(i);
      throw new CortadoError(
        "MissingValueError",
        `${describePath(path)} is missing, its type allows no missing value`,
        {
          column: path.filter((step) => typeof step === "string").join("."),
          ...(typeof path[0] === "number" && { event: path[0] }),
        },
      );
    }
    if (validity === undefined) {
      validity = new Uint8Array((entries.length + 7) >> 3).fill(255);
      if (entries.length & 7) validity[validity.length - 1] = (1 << (entries.length & 7)) - 1;
    }
    validity[i >> 3]! &= ~(1 << (i & 7));
  }
  return validity;
}

function refuseUnknownFields(
  record: object,
  fields: readonly (readonly [string, unknown])[],
  path: (string | number)[],
): void {
  for (const name of Object.keys(record))
    if (!fields.some(([known]) => known === name))
      throw mismatch(
        path,
        `${describePath(path)} has a field "${name}" that the type does not have; it has ${fields.map((f) => f[0]).join(", ") || "none"}`,
      );
}

/** The value as the dtype stores it, undefined if it does not fit. */
function toPrimitive(value: unknown, dtype: DType): number | bigint | undefined {
  if (dtype === "bool") return typeof value === "boolean" ? Number(value) : undefined;
  if (isFloat(dtype)) {
    if (typeof value === "number") return value;
    if (typeof value !== "bigint") return undefined;
    const float = dtype === "float32" ? Math.fround(Number(value)) : Number(value);
    return Number.isFinite(float) && BigInt(float) === value ? float : undefined;
  }
  if (typeof value !== "bigint" && !Number.isInteger(value)) return undefined;
  const integer = BigInt(value as number | bigint);
  const bits = Number(/\d+/.exec(dtype)![0]);
  const wrapped = dtype.startsWith("u") ? BigInt.asUintN(bits, integer) : BigInt.asIntN(bits, integer);
  if (wrapped !== integer) return undefined;
  return isBig(dtype) ? integer : Number(integer);
}

function wantedText(dtype: DType): string {
  if (dtype === "bool") return "a boolean";
  return isFloat(dtype) ? `a number that fits ${dtype}` : `an integer in the range of ${dtype}`;
}

const isBig = (dtype: DType): boolean => dtype === "int64" || dtype === "uint64";
const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";
