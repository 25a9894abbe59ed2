import type { LayoutColumn } from "../events/index.ts";
import type { Field, FieldType } from "../io/index.ts";
import type { Schema } from "./schema.ts";

/** A column with its name in the file and the place its name gives it. */
export interface NamedColumn {
  readonly path: readonly string[];
  readonly type: LayoutColumn["type"];
  readonly depth: number;
  readonly nullable: boolean;
  readonly nullableAt?: readonly boolean[];
  readonly owner: string;
  readonly member: string | undefined;
}

type Leaf = Pick<NamedColumn, "path" | "type" | "depth" | "nullable" | "nullableAt">;

/**
 * Owner and member of every readable column: of nested (`Jet` a list of records), dotted (`Jet.pt`) and flat names
 * (`Jet_pt`, where the longest prefix with a counter is the owner, else the part before the first underscore).
 */
export function namedColumns(
  fields: readonly Field[],
  { rename = [], counter }: Pick<Schema, "rename" | "counter">,
): { readonly columns: readonly NamedColumn[]; readonly names: ReadonlySet<string> } {
  const rules = rename.map(({ from, to }) => ({ pattern: new RegExp(`^(?:${from})$`), to }));
  const leaves = fields.flatMap((field) => leavesOf(field, [], [false]));
  const renamed = leaves.flatMap((leaf) => {
    const name = leaf.path.join(".");
    const rule = rules.find(({ pattern }) => pattern.test(name));
    if (rule === undefined) return [{ leaf, words: leaf.path }];
    const word = name.replace(rule.pattern, rule.to);
    return word === "" ? [] : [{ leaf, words: [word] }];
  });
  const names = new Set(renamed.map(({ words }) => words[0]!));
  const columns = renamed.map(({ leaf, words }) => {
    const [owner, member] = wordsOf(words, leaf.depth, (prefix) => names.has(counterOf(prefix, counter)));
    return { ...leaf, owner, member };
  });
  return { columns, names };
}

/** The name of a collection's counter. */
export function counterOf(collection: string, counter = "n*"): string {
  return counter.replace("*", () => collection);
}

/**
 * The readable columns below a field; records inside are walked, their names joined by underscores. `nullable` is for each
 * list level whether something may be missing there, last where the field is.
 */
function leavesOf(field: Field, above: readonly string[], nullable: readonly boolean[]): Leaf[] {
  const path = field.name === "" ? above : [...above, field.name];
  return below(field.type, path, [...nullable.slice(0, -1), nullable.at(-1)! || field.nullable]);
}

function below(type: FieldType, path: readonly string[], nullable: readonly boolean[]): Leaf[] {
  switch (type.kind) {
    case "primitive":
      return [leaf(path, type.dtype, nullable)];
    case "string":
      return [leaf(path, type.encoding === "utf8" ? "string" : "bytes", nullable)];
    case "list":
      return below(type.element.type, path, [...nullable, type.element.nullable]);
    case "record":
      return type.fields.flatMap((field) => leavesOf(field, path, nullable));
  }
}

function leaf(path: readonly string[], type: Leaf["type"], nullableAt: readonly boolean[]): Leaf {
  const nullable = nullableAt.includes(true);
  return { path, type, depth: nullableAt.length - 1, nullable, ...(nullable && { nullableAt }) };
}

/** Owner and member of a column: `["Jet", "pt"]`, `["run", undefined]`. */
function wordsOf(
  words: readonly string[],
  depth: number,
  counted: (prefix: string) => boolean,
): [owner: string, member: string | undefined] {
  const [top, ...inner] = words as [string, ...string[]];
  if (inner.length > 0) return [top, inner.join("_")];
  for (const separator of [".", "__"]) {
    const at = top.lastIndexOf(separator);
    if (at > 0 && at + separator.length < top.length) return [top.slice(0, at), top.slice(at + separator.length)];
  }
  if (depth > 0 && counted(top)) return [top, undefined];
  const cuts = [...top.matchAll(/_/g)].map((m) => m.index).filter((at) => at > 0 && at < top.length - 1);
  const at = (depth > 0 ? cuts.findLast((cut) => counted(top.slice(0, cut))) : undefined) ?? cuts[0];
  return at === undefined ? [top, undefined] : [top.slice(0, at), top.slice(at + 1)];
}
