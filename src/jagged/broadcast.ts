import { CortadoError } from "../errors.ts";
import { eventOf, type Trail } from "./axis.ts";
import { type Column, type ListColumn, typeName, valuesOf } from "./column.ts";
import { repeatLoop } from "./copy-loops.ts";
import { contentOf, gather, lackingOf, primitive, withPresent, withValidity } from "./gather.ts";
import { isSet, presentInBoth } from "./validity.ts";

/** A plain value that stands for itself everywhere. */
export type Scalar = number | bigint | boolean | string;

export type Operand = Column | Scalar;

/** Called at every level from the outside in: returns the results there, or undefined to go one level of lists deeper. */
export type Action = (operands: readonly Operand[], length: number, trail: Trail) => readonly Column[] | undefined;

/**
 * Brings operands to one structure, level by level, and applies `action` where it answers; the lists above its results
 * are those of the operands.
 *
 * Flat columns repeat into lists from the left (an event's value for each of its objects), plain values everywhere.
 * Lists must have equal lengths; a regular dimension of size 1 and an outermost length of 1 repeat. What is missing in
 * one operand above the action is missing in the results.
 * Throws ShapeError `LengthMismatch` for columns of different lengths and `OffsetsMismatch` for different lists, naming
 * the operation, both types, the first such event and both lengths. Cost: none where lists share their offsets.
 */
export function broadcast(operation: string, operands: readonly Operand[], action: Action): readonly Column[] {
  const columns = operands.filter(isColumn);
  const length = columns.find((column) => column.length !== 1)?.length ?? columns[0]?.length ?? 1;
  const longest = columns.find((column) => column.length === length);
  const aligned = operands.map((operand) => {
    if (!isColumn(operand) || operand.length === length) return operand;
    if (operand.length === 1) return gather(operand, new Int32Array(length));
    throw new CortadoError(
      "ShapeError",
      `${operation}: cannot broadcast ${operand.length} * ${typeName(operand)} with ${length} * ${typeName(longest!)}: ` +
        `they have ${operand.length} and ${length} entries. Columns of one selection have equal lengths.`,
      { code: "LengthMismatch" },
    );
  });
  return level(operation, aligned, length, [], action);
}

function level(
  operation: string,
  operands: readonly Operand[],
  length: number,
  trail: Trail,
  action: Action,
): readonly Column[] {
  const done = action(operands, length, trail);
  if (done !== undefined) return done;
  const lists = operands.filter((operand) => isColumn(operand) && operand.kind === "list") as ListColumn[];
  const shape = lists.find((list) => list.size !== 1) ?? lists[0];
  if (shape === undefined)
    throw new CortadoError("InternalError", `${operation}: nothing left to broadcast`, { code: "Protocol" });
  let validity: Uint8Array | undefined;
  for (const operand of operands) if (isColumn(operand)) validity = presentInBoth(validity, operand.validity, length);
  const outline = withPresent(
    { ...shape, content: { kind: "record", fields: new Map(), length: shape.content.length } },
    validity,
  ) as ListColumn;
  const { offsets } = outline;
  let parents: Int32Array | undefined;
  const inner = operands.map((operand): Operand => {
    if (!isColumn(operand)) return operand;
    if (
      operand.kind === "list" &&
      (operand.offsets === offsets || sameLists(operation, operand, shape, validity, trail))
    )
      return contentOf(operand.offsets === offsets ? operand : (withPresent(operand, validity) as ListColumn));
    if (operand.kind === "primitive") {
      const values = new valuesOf[operand.dtype](offsets[length]!);
      repeatLoop(operand.values, offsets, values);
      return primitive(operand.dtype, values);
    }
    parents ??= parentsOf(offsets);
    if (operand.kind !== "list") return gather({ ...operand, ...withValidity(length, undefined) } as Column, parents);
    const { offsets: ones } = operand;
    return gather(
      operand.content,
      parents.map((parent) => ones[parent]!),
    );
  });
  const regular = lists.every((list) => list.size !== undefined);
  const size = regular ? { size: shape.size! } : {};
  return level(operation, inner, offsets[length]!, [...trail, offsets], action).map((content) => ({
    kind: "list",
    offsets,
    content,
    ...size,
    ...withValidity(length, validity),
    ...lackingOf(...operands),
  }));
}

/** True if the lists have the lengths of `shape` (where both are present), false if they are of regular size 1 beside another. */
function sameLists(
  operation: string,
  list: ListColumn,
  shape: ListColumn,
  validity: Uint8Array | undefined,
  trail: Trail,
): boolean {
  const a = list.offsets;
  const b = shape.offsets;
  if (a === b) return true;
  if (list.size === 1 && shape.size !== 1) return false;
  for (let i = 0; i < list.length; i++) {
    if (a[i + 1]! - a[i]! === b[i + 1]! - b[i]! || !isSet(validity, i)) continue;
    throw listsDiffer(operation, list, shape, i, trail);
  }
  return true;
}

/** The error for entry `i` of two list columns that do not fit together. */
function listsDiffer(operation: string, a: ListColumn, b: ListColumn, i: number, trail: Trail): CortadoError {
  const event = eventOf(trail, i);
  return new CortadoError(
    "ShapeError",
    `${operation}: cannot broadcast ${typeName(a)} with ${typeName(b)}: at event ${event} their lists hold ` +
      `${a.offsets[i + 1]! - a.offsets[i]!} and ${b.offsets[i + 1]! - b.offsets[i]!} elements`,
    { code: "OffsetsMismatch", event },
  );
}

/** For each element the entry whose list holds it. */
function parentsOf(offsets: Int32Array): Int32Array {
  const parents = new Int32Array(offsets[offsets.length - 1]!);
  for (let i = 0; i < offsets.length - 1; i++) for (let j = offsets[i]!; j < offsets[i + 1]!; j++) parents[j] = i;
  return parents;
}

export function isColumn(operand: unknown): operand is Column {
  return typeof operand === "object" && operand !== null && "kind" in operand;
}
