import {
  type Column,
  isValid,
  type ListColumn,
  type PrimitiveColumn,
  type RecordColumn,
  type StringColumn,
  valuesOf,
} from "../jagged/index.ts";
import { allSet, clearBit } from "./bits.ts";

/** Columns of one type, one after the other, as one column. Cost: everything copied, unless there is only one. */
export function joinChunks(chunks: readonly Column[]): Column {
  const first = chunks[0]!;
  if (chunks.length === 1) return first;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const validity = joinedValidity(chunks, length);
  const shape = validity === undefined ? { length } : { length, validity };
  switch (first.kind) {
    case "primitive": {
      const values = new valuesOf[first.dtype](length);
      let at = 0;
      for (const chunk of chunks as readonly PrimitiveColumn[]) {
        values.set(chunk.values.subarray(0, chunk.length) as never, at);
        at += chunk.length;
      }
      return { kind: "primitive", dtype: first.dtype, values: values as never, ...shape };
    }
    case "string": {
      const offsets = joinedOffsets(chunks as readonly StringColumn[], length);
      const bytes = new Uint8Array(offsets[length]!);
      let at = 0;
      for (const chunk of chunks as readonly StringColumn[]) {
        const used = chunk.bytes.subarray(0, chunk.offsets[chunk.length]!);
        bytes.set(used, at);
        at += used.length;
      }
      return { kind: "string", encoding: first.encoding, offsets, bytes, ...shape };
    }
    case "list": {
      const lists = chunks as readonly ListColumn[];
      const offsets = joinedOffsets(lists, length);
      return { kind: "list", offsets, content: joinChunks(lists.map((list) => list.content)), ...shape };
    }
    case "record": {
      const fields = [...first.fields.keys()].map(
        (name) => [name, joinChunks(chunks.map((chunk) => (chunk as RecordColumn).fields.get(name)!))] as const,
      );
      return { kind: "record", fields: new Map(fields), ...shape };
    }
  }
}

function joinedOffsets(chunks: readonly (ListColumn | StringColumn)[], length: number): Int32Array {
  const offsets = new Int32Array(length + 1);
  let at = 0;
  for (const chunk of chunks) {
    const base = offsets[at]!;
    for (let i = 1; i <= chunk.length; i++) offsets[at + i] = base + chunk.offsets[i]!;
    at += chunk.length;
  }
  return offsets;
}

function joinedValidity(chunks: readonly Column[], length: number): Uint8Array | undefined {
  if (chunks.every((chunk) => chunk.validity === undefined)) return undefined;
  const validity = allSet(length);
  let at = 0;
  for (const chunk of chunks) {
    if (chunk.validity !== undefined)
      for (let i = 0; i < chunk.length; i++) if (!isValid(chunk, i)) clearBit(validity, at + i);
    at += chunk.length;
  }
  return validity;
}
