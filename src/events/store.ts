import { CortadoError } from "../errors.ts";
import { type Column, isValid, type ListColumn, type PrimitiveColumn, type Values } from "../jagged/index.ts";
import { cartesianColumn } from "../vector/index.ts";
import type { ChunkColumns } from "./chunk-columns.ts";
import { type Cursor, cursorClass, vectorMembers } from "./cursor.ts";
import type { EventList } from "./event-list.ts";
import type { LayoutColumn } from "./layout.ts";
import { ListMember } from "./list-member.ts";
import { outOfLine } from "./out-of-line.ts";
import type { Source } from "./source.ts";

/** How values of a member reach a lambda; `checked` ones have missing values somewhere in the chunk. */
export type ValueKind = Plain | `checked ${Plain}`;

type Plain = "number" | "boolean" | "bigint" | "string" | "list";

/**
 * The objects of one collection (or the one object of each event of a record, or the events themselves) during one attempt at a chunk:
 * their columns as far as they were asked for, and cursors over them.
 */
export class Store {
  readonly columns: ChunkColumns;
  /** `"Jet"`; empty for the events themselves. */
  readonly name: string;
  /** Member name → canonical column name. */
  readonly members: Readonly<Record<string, string>>;
  /** The slots of a list of single objects of this store. */
  readonly slots: readonly (readonly Store[])[] = [[this]];
  /** The same for stores with the same members. */
  readonly memberKey: string;
  /** Member name → how its values reach a lambda. */
  readonly kinds: Readonly<Record<string, ValueKind>>;
  /** True if the collection is one list of plain values, not of objects. */
  readonly plain: boolean;
  /** Arrays of the members that are ready, in the order of `members`; the others throw when asked for. */
  readonly arrays: readonly (Values | ListMember | undefined)[];
  /** The class of lists of its objects, once there is one. */
  listClass: (new (source: Source) => EventList) | undefined;
  private readonly lists: boolean;
  /** The other collections, which references point into. */
  private readonly peer: (name: string) => Store;
  private readonly free: Cursor[] = [];
  private listOffsets: Int32Array | undefined;
  private vectors: Float64Array | undefined;
  private readonly make: new (
    store: Store,
  ) => Cursor;

  constructor(
    columns: ChunkColumns,
    name: string,
    members: Readonly<Record<string, string>>,
    lists: boolean,
    peer: (name: string) => Store,
  ) {
    this.peer = peer;
    this.columns = columns;
    this.name = name;
    this.members = members;
    this.memberKey = `${name}:${Object.keys(members).join(",")}`;
    this.lists = lists;
    const names = Object.keys(members);
    const ready = names.map((m) => (this.ready(m) ? this.column(m) : undefined));
    this.arrays = ready.map((c, k) => {
      if (c?.kind === "list") return this.listMember(names[k]!, c);
      return c?.kind === "primitive" ? this.numbersOf(c, names[k]!) : undefined;
    });
    this.kinds = Object.fromEntries(names.map((m, k) => [m, this.kindOf(m, ready[k]?.validity !== undefined)]));
    this.plain = lists && columns.layout.collections[name]!.self !== undefined && names.length === 1;
    this.make = cursorClass(name, this.kinds, lists, lists ? columns.layout.collections[name]!.flags : undefined);
  }

  /** True if a member can be read without a replay. */
  ready(member: string): boolean {
    return this.columns.ready(this.members[member]!);
  }

  /** Why members that one may look for are not there. */
  get absent(): Readonly<Record<string, string>> | undefined {
    return this.columns.layout.collections[this.name]?.absent;
  }

  /** Offsets of the lists, `events + 1` entries. */
  get offsets(): Int32Array {
    this.listOffsets ??= this.columns.offsets(this.name);
    return this.listOffsets;
  }

  /** A cursor nobody else is using; give it back with `release`. */
  acquire(): Cursor {
    return this.free.pop() ?? new this.make(this);
  }

  release(cursor: Cursor): void {
    this.free.push(cursor);
  }

  private kindOf(member: string, checked: boolean): ValueKind {
    const column = this.columns.layout.columns[this.members[member]!]!;
    const kind = column.depth > (this.lists ? 1 : 0) ? "list" : plainKind(column);
    return checked ? `checked ${kind}` : kind;
  }

  /** The values behind a member, one for each object. Throws `ColumnNotLoaded` if they were not read. */
  column(member: string): Column {
    const name = this.members[member]!;
    const column = this.columns.column(name);
    if (!this.lists) return column;
    if (column.kind !== "list")
      throw new CortadoError("SchemaError", `${name} is not a list`, { code: "IncompatibleColumn", column: name });
    return column.content;
  }

  /** One value for each event or object, 64-bit integers that are handed out as numbers as float64. */
  wholeColumn(member: string): Column {
    const column = this.column(member);
    if (column.kind !== "primitive" || (column.dtype !== "int64" && column.dtype !== "uint64")) return column;
    if (this.columns.layout.columns[this.members[member]!]!.integer !== true) return column;
    return { ...column, dtype: "float64", values: asNumbers(column, member) as Float64Array };
  }

  /** The error to throw when members are asked for that are not ready: of the column, or the call for a replay. */
  readonly unready: (members: readonly string[]) => Error = outOfLine((members: readonly string[]): Error => {
    const names = members.map((member) => this.members[member]!).filter((name) => !this.columns.ready(name));
    try {
      for (const name of names) if (this.columns.has(name)) this.columns.column(name);
    } catch (error) {
      return error as Error;
    }
    return this.columns.miss(names);
  });

  private listMember(member: string, column: ListColumn): ListMember {
    const { target } = this.columns.layout.columns[this.members[member]!]!;
    const slots = target === undefined ? undefined : () => this.peer(target).slots;
    return new ListMember(column, slots, (i) => this.missing(member, i));
  }

  private numbersOf(column: PrimitiveColumn, member: string): Values {
    return this.columns.layout.columns[this.members[member]!]!.integer === true
      ? asNumbers(column, member)
      : column.values;
  }

  /** The value of a member of object `i`. Throws `MissingValueError` if the file has none. */
  read(member: string, i: number): unknown {
    const column = this.column(member);
    if (!isValid(column, i)) throw this.missing(member, i);
    if (column.kind === "list") return this.listMember(member, column).at(i);
    return scalarAt(column, i, this.kinds[member]!, this.members[member]!);
  }

  has(member: string, i: number): boolean {
    return isValid(this.column(member), i);
  }

  /** x, y, z, t of all objects, four entries an object, computed once; `undefined` unless pt, eta, phi and mass are ready. */
  get cartesian(): Float64Array | undefined {
    if (this.vectors === undefined && vectorMembers.every((m) => m in this.members && this.ready(m))) {
      const names = Object.keys(this.members);
      const [pt, eta, phi, mass] = vectorMembers.map((m) => this.arrays[names.indexOf(m)] as ArrayLike<number>);
      this.vectors = cartesianColumn(pt!, eta!, phi!, mass!);
    }
    return this.vectors;
  }

  /** Throws `MissingValueError` unless object `i` has all of pt, eta, phi and mass. */
  checkVector(i: number): void {
    for (const member of vectorMembers) if (!this.has(member, i)) throw this.missing(member, i);
  }

  /** The error for a value that the file does not have. */
  missing(member: string, i: number): CortadoError<"MissingValueError"> {
    const event = this.columns.start + (this.lists ? eventOf(this.offsets, i) : i);
    const owner = this.name === "" ? "e" : this.name;
    const column = this.members[member]!;
    const why =
      this.columns.layout.columns[column]!.computed?.kind === "missing"
        ? `, nor in any of this file: only other files of the dataset have ${column}`
        : "";
    return new CortadoError(
      "MissingValueError",
      `${owner}.${member} has no value in event ${event}${why}; ask \`has("${member}")\` first`,
      { column, event },
    );
  }
}

function plainKind(column: LayoutColumn): Plain {
  switch (column.type) {
    case "bool":
      return "boolean";
    case "string":
    case "bytes":
      return "string";
    case "int64":
    case "uint64":
      return column.integer === true ? "number" : "bigint";
    default:
      return "number";
  }
}

function scalarAt(column: Column, i: number, kind: ValueKind, name: string): unknown {
  if (column.kind === "string") {
    const bytes = column.bytes.subarray(column.offsets[i]!, column.offsets[i + 1]!);
    return new TextDecoder(column.encoding === "utf8" ? "utf-8" : "latin1").decode(bytes);
  }
  if (column.kind !== "primitive")
    throw new CortadoError("ShapeError", `${name} holds lists; a lambda reads single values`, {
      code: "NotFlat",
      column: name,
    });
  const value = column.values[i]!;
  if (kind.endsWith("boolean")) return value !== 0;
  return kind.endsWith("number") ? Number(value) : value;
}

/** 64-bit integers as numbers, after a check that all are exact. */
function asNumbers(column: PrimitiveColumn, name: string): Values {
  if (column.dtype !== "int64" && column.dtype !== "uint64") return column.values;
  const out = new Float64Array(column.length);
  for (let i = 0; i < out.length; i++) {
    const value = Number(column.values[i]);
    if (!Number.isSafeInteger(value))
      throw new CortadoError("ShapeError", `${name} holds ${column.values[i]}, too large for a number`, {
        code: "TypeMismatch",
        column: name,
      });
    out[i] = value;
  }
  return out;
}

/** The event whose list holds item `i`. */
function eventOf(offsets: Int32Array, i: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! <= i) low = middle;
    else high = middle;
  }
  return low;
}
