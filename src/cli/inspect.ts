import type { Arguments, CommandForm, commonOptions } from "./arguments.ts";
import { exitCodes } from "./exit-code.ts";
import type { ColumnDescription, FileDescription, GroupDescription } from "./file-description.ts";
import { bytes, count, plural } from "./quantity.ts";
import { clipped, facts, someOf, table } from "./table.ts";

const options = {
  columns: { type: "flag", help: "every column with its type and size, largest first in each collection" },
  json: { type: "flag", help: "all of it as JSON" },
} as const;

export const form: CommandForm<typeof options> = {
  name: "inspect",
  operands: "FILE",
  takes: [1, 1],
  summary: "Shows what a Parquet file holds: events, row groups, collections, columns, sizes. Reads only its footer.",
  examples: [
    ["cortado inspect events.parquet", "what collections and columns are there?"],
    ["cortado inspect events.parquet --columns | grep Jet_", "types and sizes of all jet columns"],
    ["cortado inspect events.parquet --json | jq .rowGroups", "for machines"],
  ],
  options,
  notes: [
    "A ? after a type: the file allows missing values there. Sizes are compressed bytes; lists include their counter.",
  ],
};

export async function command(args: Arguments<typeof options & typeof commonOptions>): Promise<number> {
  const [{ openFile, openParquet }, { eventLayout, titlesOf }, { describeFile }] = await Promise.all([
    import("../io/index.ts"),
    import("../schema/index.ts"),
    import("./file-description.ts"),
  ]);
  const source = await openFile(args.operands[0]!);
  try {
    const file = await openParquet(source);
    const description = describeFile(file, eventLayout(file.fields, undefined, titlesOf(file.keyValues)));
    const { json, columns } = args.options;
    process.stdout.write(
      `${json ? JSON.stringify(description, null, 1) : columns ? columnsText(description) : inspectText(description)}\n`,
    );
    return exitCodes.complete;
  } finally {
    await source.close();
  }
}

/** A file with more columns than this is shown with one line for each collection. */
const manyColumns = 200;

/** The description for a person: facts, then each collection with its members by type. */
export function inspectText(file: FileDescription, width = 100): string {
  const groups = [...Object.entries(file.collections), ...Object.entries(file.records)];
  const total = groups.reduce((n, [, g]) => n + Object.keys(g.members).length, Object.keys(file.columns).length);
  const counters = Object.values(file.collections).filter((c) => c.counter !== undefined).length;
  const sections = [headText(file, total + counters)];
  const show = (title: string, entries: readonly (readonly [string, GroupDescription])[]): void => {
    if (entries.length === 0) return;
    sections.push(
      `${title}\n${entries.map(([n, g]) => groupText(n, g, entries, total > manyColumns, width)).join("\n")}`,
    );
  };
  show("Collections: a list of objects in each event", Object.entries(file.collections));
  show("Records: one object in each event", Object.entries(file.records));
  const single = Object.entries(file.columns);
  if (single.length > 0) {
    const group: GroupDescription = { bytes: single.reduce((n, [, c]) => n + c.bytes, 0), members: file.columns };
    sections.push(`Columns: one value in each event\n${byType(group, 2, total > manyColumns, width)}`);
  }
  const others = Object.keys(file.others);
  if (others.length > 0) sections.push(`Not shown as events: ${someOf(others, 20)}`);
  if (total > manyColumns) sections.push("--columns lists every column.");
  return sections.join("\n\n");
}

function headText(file: FileDescription, columns: number): string {
  const events = file.rowGroups.map((g) => g.events);
  const each = events.length < 2 ? "" : ` of ${count(Math.min(...events))} to ${count(Math.max(...events))} events`;
  return facts([
    ["file", `${file.file}, ${bytes(file.bytes)}`],
    ...(file.writer === undefined ? [] : [["writer", file.writer] as const]),
    ["events", `${count(file.events)} in ${plural(file.rowGroups.length, "row group")}${each}`],
    ["columns", `${count(columns)}, ${file.codecs.join(", ").toLowerCase() || "no data"}`],
    ["encodings", file.encodings.join(", ").toLowerCase() || "none"],
  ]);
}

function groupText(
  name: string,
  group: GroupDescription,
  all: readonly (readonly [string, GroupDescription])[],
  brief: boolean,
  width: number,
): string {
  const widest = Math.max(...all.map(([n]) => n.length));
  const members = Object.keys(group.members).length;
  const head = `  ${name.padEnd(widest)}  ${String(members).padStart(3)} ${members === 1 ? "column " : "columns"}  ${bytes(group.bytes).padStart(7)}`;
  if (!brief) return `${head}\n${byType(group, widest + 4, false, width)}`;
  return clipped(`${head}  ${Object.keys(group.members).join(" ")}`, width);
}

/** The members of a group, those of one type together. */
function byType(group: GroupDescription, indent: number, brief: boolean, width: number): string {
  const types = new Map<string, string[]>();
  for (const [name, member] of Object.entries(group.members)) {
    const type = typeText(member);
    types.set(type, [...(types.get(type) ?? []), name]);
  }
  const widest = Math.max(...[...types.keys()].map((t) => t.length));
  const margin = " ".repeat(indent);
  return [...types]
    .map(([type, names]) => {
      const head = `${margin}${type.padEnd(widest)}  `;
      if (brief) return clipped(`${head}${names.length > 8 ? `(${names.length}) ` : ""}${names.join(" ")}`, width);
      return wrapped(head, names, width);
    })
    .join("\n");
}

function typeText(column: ColumnDescription): string {
  return `${column.type}${column.nullable ? "?" : ""}${column.depth > 1 ? ` depth ${column.depth}` : ""}`;
}

function wrapped(head: string, words: readonly string[], width: number): string {
  const lines = [head];
  for (const word of words) {
    const last = lines.at(-1)!;
    if (last.length + word.length + 1 > width && last.trim() !== "" && last !== head)
      lines.push(`${" ".repeat(head.length)}${word}`);
    else lines[lines.length - 1] = last === head ? head + word : `${last} ${word}`;
  }
  return lines.join("\n");
}

/** Every column: one line each. */
function columnsText(file: FileDescription): string {
  const members = (group: GroupDescription): ColumnDescription[] =>
    Object.values(group.members).sort((a, b) => b.bytes - a.bytes);
  const rows = [
    ...Object.values(file.collections).flatMap(members),
    ...Object.values(file.records).flatMap(members),
    ...Object.values(file.columns),
  ];
  const titled = rows.some((r) => r.title !== undefined);
  return table(
    [
      { heading: "column" },
      { heading: "type" },
      { heading: "per event" },
      { heading: "compressed", align: "right" },
      ...(titled ? [{ heading: "title" }] : []),
    ],
    rows.map((r) => [r.column, typeText(r), r.depth === 0 ? "one" : "list", bytes(r.bytes), r.title ?? ""]),
  );
}
