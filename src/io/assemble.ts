import type { Column, RecordColumn } from "../jagged/index.ts";
import type { LeafData } from "./leaf-data.ts";
import type { SchemaNode } from "./parquet-file.ts";
import { leavesBelow } from "./select.ts";

/** Two leaves of one list that do not agree about its lengths. */
export interface Disagreement {
  readonly leaf: number;
  readonly other: number;
  /** Row of the range in which they first differ. */
  readonly row: number;
}

/**
 * The column of a node from its decoded leaves. Lists of one node have one offsets array: the first leaf's; leaves that
 * disagree with it are reported to `disagree`, which must throw.
 */
export function assemble(
  node: SchemaNode,
  data: (leaf: number) => LeafData,
  rows: number,
  disagree: (found: Disagreement) => never,
): Column {
  const build = (node: SchemaNode, depth: number, length: number): Column => {
    const leaves = leavesBelow(node);
    const first = data(leaves[0]!);
    if (node.kind === "leaf") return first.values;
    const validity = first.validity(depth, node.presentAt);
    const shape = { length, ...(validity !== undefined && { validity }) };
    if (node.kind === "record") {
      const fields = new Map(node.fields.map((field) => [field.name, build(field, depth, length)]));
      return { kind: "record", ...shape, fields } satisfies RecordColumn;
    }
    const offsets = first.offsets[depth]!;
    for (const leaf of leaves) {
      const slot = firstDifference(offsets, data(leaf).offsets[depth]!);
      if (slot !== undefined) disagree({ leaf, other: leaves[0]!, row: rowOf(first.offsets, depth, slot) });
    }
    const content = build(node.element, depth + 1, offsets[offsets.length - 1]!);
    return { kind: "list", ...shape, offsets, content };
  };
  return build(node, 0, rows);
}

/** The first entry whose list length differs between two offsets arrays; absent if none does. */
export function firstDifference(a: Int32Array, b: Int32Array): number | undefined {
  if (a === b) return undefined;
  const length = Math.min(a.length, b.length);
  for (let i = 1; i < length; i++) if (a[i] !== b[i]) return i - 1;
  return a.length === b.length ? undefined : length - 1;
}

/** The row that slot `slot` of depth `depth` belongs to. */
function rowOf(offsets: readonly Int32Array[], depth: number, slot: number): number {
  let at = slot;
  for (let d = depth - 1; d >= 0; d--) {
    const above = offsets[d]!;
    let low = 0;
    let high = above.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (above[middle]! <= at) low = middle;
      else high = middle;
    }
    at = low;
  }
  return at;
}
