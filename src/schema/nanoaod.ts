import type { EventLayout, LayoutColumn } from "../events/index.ts";
import type { Field, FieldType } from "../io/index.ts";

/** Columns whose 64-bit integers are handed out as numbers: identifiers that NanoAOD defines as 32-bit, and counters. */
const integers: ReadonlySet<string> = new Set(["run", "luminosityBlock"]);

/** A column before it is given its place: the words of its name and what it holds. */
interface Leaf {
  readonly path: readonly string[];
  readonly type: LayoutColumn["type"];
  readonly depth: number;
  readonly nullable: boolean;
}

/**
 * NanoAOD's naming rules as data, for files in three layouts that mean the same: flat (`nJet`, `Jet_pt`), nested (`Jet` a list of records)
 * and dotted (`Jet.pt`). Lists with a common prefix are a collection: the longest prefix with a counter `n<Prefix>`, else the part
 * before the first underscore. Single values with a prefix are members of a record, unless a collection has the prefix. Every other
 * column is a value of the event.
 *
 * `fields` are the top-level columns of a file. Cost: one pass over the names; do it once per file.
 */
export function nanoaodLayout(fields: readonly Field[]): EventLayout {
  const leaves = fields.flatMap((field) => leavesOf(field, [], 0, false));
  const names = new Set(fields.map((field) => field.name));
  const placed = leaves.map((leaf) => ({ leaf, words: wordsOf(leaf, names) }));
  const collections: Record<string, { members: Record<string, string>; counter?: string; self?: string }> = {};
  const records: Record<string, Record<string, string>> = {};
  const scalars: Record<string, string> = {};
  const columns: Record<string, LayoutColumn> = {};

  for (const { leaf, words } of placed) {
    if (leaf.depth === 0) continue;
    const [owner, member] = words;
    const name = member === undefined ? owner : `${owner}_${member}`;
    const collection = (collections[owner] ??= { members: {} });
    collection.members[member ?? "value"] = name;
    if (member === undefined) collection.self = name;
    columns[name] = { ...leaf, collection: owner };
  }
  for (const { leaf, words } of placed) {
    if (leaf.depth > 0) continue;
    const [owner, member] = words;
    const name = member === undefined ? owner : `${owner}_${member}`;
    const counted = name.startsWith("n") ? collections[name.slice(1)] : undefined;
    if (counted !== undefined) {
      counted.counter = name;
      scalars[name] = name;
      columns[name] = { ...leaf, integer: true, collection: name.slice(1) };
    } else {
      if (member !== undefined && collections[owner] === undefined && !names.has(owner))
        (records[owner] ??= {})[member] = name;
      else if (member !== undefined && leaf.path.length > 1) (records[owner] ??= {})[member] = name;
      else scalars[name] = name;
      columns[name] = { ...leaf, ...(integers.has(name) && { integer: true }) };
    }
  }
  return { columns, collections, records, scalars };
}

/** The readable columns below a field; records inside are walked, their names joined by underscores. */
function leavesOf(field: Field, above: readonly string[], depth: number, nullable: boolean): Leaf[] {
  const path = field.name === "" ? above : [...above, field.name];
  return below(field.type, path, depth, nullable || field.nullable);
}

function below(type: FieldType, path: readonly string[], depth: number, nullable: boolean): Leaf[] {
  switch (type.kind) {
    case "primitive":
      return [{ path, type: type.dtype, depth, nullable }];
    case "string":
      return [{ path, type: type.encoding === "utf8" ? "string" : "bytes", depth, nullable }];
    case "list":
      return below(type.element.type, path, depth + 1, nullable || type.element.nullable);
    case "record":
      return type.fields.flatMap((field) => leavesOf(field, path, depth, nullable));
  }
}

/** Owner and member of a column: `["Jet", "pt"]`, `["run", undefined]`. */
function wordsOf(leaf: Leaf, names: ReadonlySet<string>): [owner: string, member: string | undefined] {
  const [top, ...inner] = leaf.path as [string, ...string[]];
  if (inner.length > 0) return [top, inner.join("_")];
  for (const separator of [".", "__"]) {
    const at = top.lastIndexOf(separator);
    if (at > 0 && at + separator.length < top.length) return [top.slice(0, at), top.slice(at + separator.length)];
  }
  if (leaf.depth > 0 && names.has(`n${top}`)) return [top, undefined];
  const cuts = [...top.matchAll(/_/g)].map((m) => m.index).filter((at) => at > 0 && at < top.length - 1);
  const counted = leaf.depth > 0 ? cuts.findLast((at) => names.has(`n${top.slice(0, at)}`)) : undefined;
  const at = counted ?? cuts[0];
  return at === undefined ? [top, undefined] : [top.slice(0, at), top.slice(at + 1)];
}
