import type { CollectionLayout, EventLayout, LayoutColumn } from "../events/index.ts";
import type { OpenedFile } from "./plan.ts";

/**
 * The files with their layouts so extended that each has every column which another file of its dataset has, as one whose
 * values are missing: a trigger that is in some files only is `has("…") === false` in the others, and reading it there is a
 * `MissingValueError`; nothing is taken for false or zero. A column that no file has is unknown everywhere.
 * A name that is something else in the other file is left for `checkTypes`.
 */
export function withMissingColumns(files: readonly OpenedFile[]): OpenedFile[] {
  const changed = new Map<OpenedFile, OpenedFile>();
  for (const dataset of Map.groupBy(files, (file) => file.dataset).values()) {
    const all = new Map<string, Found>();
    for (const { file } of dataset) collect(file.layout, all);
    for (const opened of dataset) {
      const { layout } = opened.file;
      const absent = [...all.values()].filter(({ name }) => !Object.hasOwn(layout.columns, name));
      if (absent.length > 0)
        changed.set(opened, { ...opened, file: { ...opened.file, layout: extended(layout, absent) } });
    }
  }
  return files.map((file) => changed.get(file) ?? file);
}

type Group = "collections" | "records" | "scalars";

/** A column of some file of a dataset, and its place among the events. */
interface Found {
  readonly name: string;
  readonly group: Group;
  readonly owner: string;
  readonly member: string;
  /** The column as a file has it that lacks it. */
  readonly column: LayoutColumn;
  /** The collection it is in. */
  readonly collection: CollectionLayout | undefined;
}

/** Adds the columns of a layout by their places, of which one with two names has two. */
function collect({ columns, collections, records, scalars }: EventLayout, all: Map<string, Found>): void {
  const add = (name: string, place: Omit<Found, "name" | "column">): void => {
    const key = `${name} ${place.member}`;
    if (!all.has(key)) all.set(key, { ...place, name, column: missing(columns[name]!, place) });
  };
  for (const [owner, collection] of Object.entries(collections))
    for (const [member, name] of Object.entries(collection.members))
      add(name, { group: "collections", owner, member, collection });
  for (const [owner, members] of Object.entries(records))
    for (const [member, name] of Object.entries(members))
      add(name, { group: "records", owner, member, collection: undefined });
  for (const [member, name] of Object.entries(scalars))
    add(name, { group: "scalars", owner: member, member, collection: undefined });
}

/** A counter that is missing does not count: it is one value per event that is missing. */
function missing(
  { collection: _, ...column }: LayoutColumn,
  { group, owner }: Pick<Found, "group" | "owner">,
): LayoutColumn {
  const absent: LayoutColumn = { ...column, path: [], nullable: true, computed: { kind: "missing", of: [] } };
  return group === "collections" ? { ...absent, collection: owner } : absent;
}

function extended(layout: EventLayout, absent: readonly Found[]): EventLayout {
  const columns: Record<string, LayoutColumn> = { ...layout.columns };
  const collections: Record<string, CollectionLayout> = { ...layout.collections };
  const records: Record<string, Readonly<Record<string, string>>> = { ...layout.records };
  const scalars: Record<string, string> = { ...layout.scalars };
  const groups = { collections, records, scalars };

  /** True if a name of the events is free, or in the same group. */
  function fits(group: Group, owner: string): boolean {
    return (Object.keys(groups) as Group[]).every((other) => other === group || !Object.hasOwn(groups[other], owner));
  }

  for (const { name, group, owner, member, column, collection } of absent) {
    if (!fits(group, owner)) continue;
    if (group === "scalars") scalars[member] = name;
    else if (group === "records") {
      const members = records[owner] ?? {};
      if (Object.hasOwn(members, member)) continue;
      records[owner] = { ...members, [member]: name };
    } else {
      const { self, flags } = collection!;
      const own = collections[owner] ?? {
        members: {},
        missing: true,
        ...(self !== undefined && { self }),
      };
      if (Object.hasOwn(own.members, member)) continue;
      collections[owner] = {
        ...(flags !== undefined && { flags }),
        ...own,
        members: { ...own.members, [member]: name },
      };
    }
    columns[name] = column;
  }
  return { ...layout, columns, collections, records, scalars };
}
