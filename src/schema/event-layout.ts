import { CortadoError, whatExists } from "../errors.ts";
import type { CollectionLayout, EventLayout, LayoutColumn } from "../events/index.ts";
import type { Field } from "../io/index.ts";
import { absentMembers, computedMembers, polarMembers } from "./computed-members.ts";
import { counterOf, type NamedColumn, namedColumns } from "./naming.ts";
import { anyNanoaod } from "./nanoaod.ts";
import type { Schema } from "./schema.ts";
import { wholeSchema } from "./whole-schema.ts";

type Changing<T> = { -readonly [K in keyof T]: T[K] };
type Members = Record<string, string>;

/**
 * How the top-level columns of a file appear as events, by a schema, unless given one with NanoAOD's rules. Files in three layouts mean the
 * same: flat (`nJet`, `Jet_pt`), nested (`Jet` a list of records) and dotted (`Jet.pt`). Lists with a common prefix are a
 * collection: the longest prefix with a counter, else the part before the first underscore. Single values with a prefix are
 * members of a record, unless a collection has the prefix. Every other column is a value of the event.
 *
 * `titles` are documentation strings by the name in the file; `file` is its name, for errors. Throws `SchemaError`
 * (`UnknownLayout`) if a column that the schema requires is not there. Cost: one pass over the names; do it once per file.
 */
export function eventLayout(
  fields: readonly Field[],
  given: Schema = anyNanoaod,
  titles: ReadonlyMap<string, string> = new Map(),
  file?: string,
): EventLayout {
  const schema = wholeSchema(given);
  const { columns: named, names } = namedColumns(fields, schema);
  const collections: Record<string, Changing<CollectionLayout> & { readonly members: Members }> = {};
  const records: Record<string, Members> = {};
  const scalars: Members = {};
  const columns: Record<string, LayoutColumn> = {};
  const counters = new Map<string, string>();
  const nameOf = (owner: string, member: string | undefined): string =>
    member === undefined ? owner : `${owner}_${member}`;

  const inRecord = ({ owner, member, depth }: NamedColumn): boolean =>
    depth === 0 || (member !== undefined && schema.records?.[owner]?.lists === true);

  for (const { owner, member, ...leaf } of named.filter((column) => !inRecord(column))) {
    const name = nameOf(owner, member);
    const collection = (collections[owner] ??= { members: {} });
    collection.members[member ?? "value"] = name;
    if (member === undefined) collection.self = name;
    columns[name] = { ...leaf, ...titleOf(leaf.path, titles), collection: owner };
    counters.set(counterOf(owner, schema.counter), owner);
  }
  for (const { owner, member, ...leaf } of named.filter(inRecord)) {
    const name = nameOf(owner, member);
    const counted = counters.get(name);
    const title = titleOf(leaf.path, titles);
    if (counted !== undefined) {
      collections[counted]!.counter = name;
      scalars[name] = name;
      columns[name] = { ...leaf, ...title, integer: true, collection: counted };
    } else {
      if (member !== undefined && collections[owner] === undefined && !names.has(owner))
        (records[owner] ??= {})[member] = name;
      else if (member !== undefined && leaf.path.length > 1) (records[owner] ??= {})[member] = name;
      else scalars[name] = name;
      columns[name] = { ...leaf, ...title, ...(schema.integers?.includes(name) === true && { integer: true }) };
    }
  }
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(columns, name))
      throw new CortadoError(
        "SchemaError",
        `${file ?? "the file"} has no ${name}, which schema ${schema.name} requires. ${whatExists(name, Object.keys(columns))}`,
        { code: "UnknownLayout", column: name, ...(file !== undefined && { file }) },
      );
  return withSchema({ columns, collections, records, scalars }, schema);
}

function titleOf(path: readonly string[], titles: ReadonlyMap<string, string>): { readonly title?: string } {
  const title = titles.get(path.join(".")) ?? titles.get(path.join("_"));
  return title === undefined || title === "" ? {} : { title };
}

/** The layout with what the schema says of its collections. */
function withSchema(layout: EventLayout, schema: Schema): EventLayout {
  const columns = { ...layout.columns };
  const collections: Record<string, CollectionLayout> = { ...layout.collections };
  const records: Record<string, Members> = { ...layout.records };
  for (const [name, rules] of Object.entries(schema.collections ?? {})) {
    if (!Object.hasOwn(collections, name)) continue;
    const members: Members = { ...collections[name]!.members };
    for (const [to, from] of Object.entries(rules.members ?? {})) {
      if (members[from] === undefined || members[to] !== undefined) continue;
      members[to] = members[from];
      delete members[from];
    }
    for (const [to, from] of Object.entries(rules.aliases ?? {}))
      if (members[from] !== undefined) members[to] ??= members[from];
    for (const [member, column] of computedMembers(name, rules, members, columns, layout.collections)) {
      if (members[member] !== undefined) continue;
      columns[`${name}_${member}`] = column;
      members[member] = `${name}_${member}`;
    }
    const { flags } = rules;
    const absent = absentMembers(rules, members);
    const asked = flags !== undefined && members[flags.of] !== undefined && members[flags.method] === undefined;
    collections[name] = {
      ...collections[name]!,
      members,
      ...(asked && { flags: { method: flags.method, member: flags.of, bits: flags.bits } }),
      ...(Object.keys(absent).length > 0 && { absent }),
    };
  }
  for (const [name, { polar }] of Object.entries(schema.records ?? {})) {
    if (polar === undefined || !Object.hasOwn(records, name)) continue;
    const made = polarMembers(polar, records[name]!, columns).filter(
      ([member]) => !Object.hasOwn(records[name]!, member),
    );
    for (const [member, column] of made) columns[`${name}_${member}`] = column;
    records[name] = { ...records[name], ...Object.fromEntries(made.map(([member]) => [member, `${name}_${member}`])) };
  }
  const taken = [collections, records, layout.scalars];
  const absent = Object.entries(schema.absent ?? {}).filter(
    ([name]) => !taken.some((group) => Object.hasOwn(group, name)),
  );
  return { ...layout, columns, collections, records, ...(absent.length > 0 && { absent: Object.fromEntries(absent) }) };
}
