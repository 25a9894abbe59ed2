import type { EventLayout, LayoutColumn } from "../events/index.ts";

const operations: ReadonlySet<string> = new Set(["define", "filter", "map", "length", "metadata", "alignment"]);
const taken: ReadonlySet<string> = new Set(["Event", "Events", "EventsOf", "Item", "List", "LorentzItem"]);

/**
 * TypeScript declarations for the events of a file: an interface for each collection and record, `Event` for one event
 * inside a lambda, `Events` for a chunk. With them a misspelt column does not compile.
 *
 * @param source what the declarations were made from, for the first line
 * @param importFrom the package or module that declares `Events` and `List`
 */
export function eventTypes(layout: EventLayout, source: string, importFrom = "cortado"): string {
  const parts: string[] = [];
  const fields: string[] = [];
  const used = { Item: false, LorentzItem: false };
  const interfaceOf = interfaceNames([...Object.keys(layout.collections), ...Object.keys(layout.records)]);

  for (const [name, collection] of sorted(layout.collections)) {
    if (collection.self !== undefined && Object.keys(collection.members).length === 1) {
      fields.push(
        field(name, `List<${scalarType(layout.columns[collection.self]!, 1)}>`, layout.columns[collection.self]!),
      );
      continue;
    }
    const base = ["pt", "eta", "phi", "mass"].every((m) => m in collection.members) ? "LorentzItem" : "Item";
    used[base] = true;
    parts.push(interfaceText(`${interfaceOf.get(name)} extends ${base}`, layout, collection.members, 1));
    fields.push(field(name, `List<${interfaceOf.get(name)}>`));
  }
  for (const [name, members] of sorted(layout.records)) {
    parts.push(interfaceText(interfaceOf.get(name)!, layout, members, 0));
    fields.push(field(name, interfaceOf.get(name)!));
  }
  for (const [name, column] of sorted(layout.scalars))
    if (!operations.has(name))
      fields.push(field(name, scalarType(layout.columns[column]!, 0), layout.columns[column]!));

  const imports = [
    "Events as EventsOf",
    ...(used.Item ? ["Item"] : []),
    "List",
    ...(used.LorentzItem ? ["LorentzItem"] : []),
  ];
  return [
    `// The columns of ${source}, written by \`cortado types\`: make it again rather than editing it.`,
    `import type { ${imports.join(", ")} } from ${JSON.stringify(importFrom)};`,
    "",
    ...parts,
    `/** One event, inside a lambda. */\nexport interface Event {\n${fields.join("\n")}\n}\n`,
    `/** The events of a chunk. */\nexport type Events = EventsOf<Event>;\n`,
  ].join("\n");
}

function interfaceText(
  head: string,
  layout: EventLayout,
  members: Readonly<Record<string, string>>,
  depth: number,
): string {
  const lines = sorted(members).map(([member, column]) =>
    field(member, scalarType(layout.columns[column]!, depth), layout.columns[column]!),
  );
  return `export interface ${head} {\n${lines.join("\n")}\n}\n`;
}

function field(name: string, type: string, column?: LayoutColumn): string {
  const title = column?.title === undefined ? "" : `  /** ${column.title.replaceAll("*/", "* /")} */\n`;
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `${title}  readonly ${key}: ${type};`;
}

/** The type a lambda sees: `depth` list levels are taken by the collection. */
function scalarType(column: LayoutColumn, depth: number): string {
  let type: string;
  if (column.type === "bool") type = "boolean";
  else if (column.type === "string" || column.type === "bytes") type = "string";
  else if ((column.type === "int64" || column.type === "uint64") && column.integer !== true) type = "bigint";
  else type = "number";
  for (let level = depth; level < column.depth; level++) type = `List<${type}>`;
  return type;
}

/** An interface name for each collection and record: its own name where that is an identifier and free. */
function interfaceNames(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const used = new Set(taken);
  for (const name of names) {
    let identifier = name.replace(/[^\w$]/g, "_").replace(/^(?=\d)/, "_");
    while (used.has(identifier)) identifier += "_";
    used.add(identifier);
    found.set(name, identifier);
  }
  return found;
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
