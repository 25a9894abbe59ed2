import type { EventLayout, FlagsLayout, LayoutColumn } from "../events/index.ts";

const operations: ReadonlySet<string> = new Set(["define", "filter", "map", "length", "metadata", "alignment"]);
const taken: ReadonlySet<string> = new Set([
  "Event",
  "Events",
  "EventsOf",
  "Item",
  "ItemOperations",
  "List",
  "LorentzItem",
  "ThreeVector",
]);

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
  const used = { Item: false, ItemOperations: false, LorentzItem: false, ThreeVector: false };
  const targets = [...new Set(Object.values(layout.columns).flatMap((column) => column.target ?? []))].sort();
  const groups = [...Object.keys(layout.collections), ...Object.keys(layout.records)];
  const interfaceOf = interfaceNames([...groups, ...targets.map(listName)]);

  for (const [name, collection] of sorted(layout.collections)) {
    if (collection.self !== undefined && Object.keys(collection.members).length === 1) {
      fields.push(
        field(name, `List<${scalarType(layout.columns[collection.self]!, 1)}>`, layout.columns[collection.self]!),
      );
      continue;
    }
    const base = ["pt", "eta", "phi", "mass"].every((m) => m in collection.members) ? "LorentzItem" : "Item";
    used[base] = true;
    const { members, flags } = collection;
    const position = positionLine(layout, members, 1);
    if (position.length > 0) used.ThreeVector = true;
    const lines = [...memberLines(layout, members, 1, interfaceOf), ...position];
    if (flags !== undefined) lines.push(flagsLine(flags));
    parts.push(interfaceText(`${interfaceOf.get(name)} extends ${base}`, lines));
    fields.push(field(name, `List<${interfaceOf.get(name)}>`));
  }
  for (const target of targets) {
    used.ItemOperations = true;
    parts.push(referenceList(layout, target, interfaceOf));
  }
  for (const [name, members] of sorted(layout.records)) {
    const position = positionLine(layout, members, 0);
    if (position.length > 0) used.ThreeVector = true;
    const lines = [...memberLines(layout, members, 0, interfaceOf), ...position, ...hasLine(members)];
    parts.push(interfaceText(interfaceOf.get(name)!, lines));
    fields.push(field(name, interfaceOf.get(name)!));
  }
  for (const [name, column] of sorted(layout.scalars))
    if (!operations.has(name))
      fields.push(field(name, scalarType(layout.columns[column]!, 0), layout.columns[column]!));

  const imports = [
    "Events as EventsOf",
    ...(used.Item ? ["Item"] : []),
    ...(used.ItemOperations ? ["ItemOperations"] : []),
    "List",
    ...(used.LorentzItem ? ["LorentzItem"] : []),
    ...(used.ThreeVector ? ["ThreeVector"] : []),
  ];
  return [
    `// The columns of ${source}, written by \`cortado types\`: make it again rather than editing it.`,
    `import type { ${imports.join(", ")} } from ${JSON.stringify(importFrom)};`,
    "",
    ...parts,
    `/** One event, inside a lambda. */\nexport interface Event {\n${[...fields, ...hasLine({ ...layout.collections, ...layout.records, ...layout.scalars })].join("\n")}\n}\n`,
    `/** The events of a chunk. */\nexport type Events = EventsOf<Event>;\n`,
  ].join("\n");
}

function interfaceText(head: string, lines: readonly string[]): string {
  return `export interface ${head} {\n${lines.join("\n")}\n}\n`;
}

function memberLines(
  layout: EventLayout,
  members: Readonly<Record<string, string>>,
  depth: number,
  interfaceOf: ReadonlyMap<string, string>,
): string[] {
  return sorted(members).map(([member, name]) => {
    const column = layout.columns[name]!;
    const type = column.target === undefined ? scalarType(column, depth) : interfaceOf.get(listName(column.target))!;
    return field(member, type, column);
  });
}

/** An object with numbers x, y and z has them together as well. */
function positionLine(layout: EventLayout, members: Readonly<Record<string, string>>, depth: number): string[] {
  const isNumber = (member: string): boolean => {
    const column = layout.columns[members[member]!];
    return column !== undefined && scalarType(column, depth) === "number";
  };
  if (Object.hasOwn(members, "pos") || !["x", "y", "z"].every(isNumber)) return [];
  return [field("pos", "ThreeVector")];
}

function flagsLine({ method, bits }: FlagsLayout): string {
  const names = bits.map((bit) => JSON.stringify(bit)).join(" | ");
  return `  /** True if all of these flags are set. */\n  ${method}(...names: (${names})[]): boolean;`;
}

/** Asks whether a file has a value, in a dataset whose files differ; not where a column has the name. */
function hasLine(taken: object): string[] {
  if (Object.hasOwn(taken, "has")) return [];
  return [
    "  /** False if there is no value for this name here: reading it would throw. */\n  has(name: string): boolean;",
  ];
}

function field(name: string, type: string, column?: LayoutColumn): string {
  const title = column?.title === undefined ? "" : `  /** ${column.title.replaceAll("*/", "* /")} */\n`;
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `${title}  readonly ${key}: ${type};`;
}

/**
 * The interface of a list of references: `List<Jet>` written out, because objects refer to each other in circles, which
 * the members that an alias derives from its objects cannot.
 */
function referenceList(layout: EventLayout, target: string, interfaceOf: ReadonlyMap<string, string>): string {
  const members = sorted(layout.collections[target]!.members).filter(([, name]) => layout.columns[name]!.depth === 1);
  const lines = members.map(([member, name]) => {
    const column = layout.columns[name]!;
    return field(member, `List<${scalarType(column, 1)}>`, column);
  });
  if (!members.some(([member]) => member === "collection")) lines.unshift(field("collection", "List<string>"));
  const head = `${interfaceOf.get(listName(target))} extends ItemOperations<readonly [${interfaceOf.get(target)}]>`;
  return `/** ${target} objects that another object refers to. */\n${interfaceText(head, lines)}`;
}

function listName(target: string): string {
  return `${target}List`;
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
