import { CortadoError, nearest, whatExists } from "../errors.ts";
import {
  type Column,
  type ColumnSource,
  type PrimitiveColumn,
  typeName,
  type Values,
  valuesOf,
} from "../jagged/index.ts";
import { ChunkColumns, type ColumnNotLoaded } from "./chunk-columns.ts";
import { mappedEvents } from "./column-over-events.ts";
import { Definition } from "./definition.ts";
import type { EventList } from "./event-list.ts";
import { collectionOf, defined } from "./names-over-events.ts";
import { Scope } from "./scope.ts";
import type { Lambda } from "./source.ts";
import { View } from "./view.ts";

/** What to put in the place of values: of members, by collection or record, or of single values of the events. */
export type Changes = Readonly<Record<string, Lambda | Readonly<Record<string, Lambda>>>>;

/**
 * The columns of a chunk with some replaced: computed from the nominal ones when first asked for, in the nominal type, over the nominal
 * offsets. Every other column is the nominal one itself, nothing is copied, and nothing is written into the nominal ones.
 */
class VariedColumns extends ChunkColumns {
  private readonly nominal: ChunkColumns;
  private readonly made = new Map<string, Column>();
  private readonly replaced: ReadonlyMap<string, (nominal: Column) => Column>;

  constructor(nominal: ChunkColumns, replaced: ReadonlyMap<string, (nominal: Column) => Column>) {
    super(nominal.layout, nominal.length, nominal.start);
    this.nominal = nominal;
    this.replaced = replaced;
  }

  override has(name: string): boolean {
    return this.nominal.has(name);
  }

  override ready(name: string): boolean {
    return this.nominal.ready(name);
  }

  override column(name: string): Column {
    const nominal = this.nominal.column(name);
    const replace = this.replaced.get(name);
    if (replace === undefined) return nominal;
    let made = this.made.get(name);
    if (made === undefined) {
      made = replace(nominal);
      this.made.set(name, made);
    }
    return made;
  }

  override miss(names: readonly string[]): ColumnNotLoaded {
    return this.nominal.miss(names);
  }

  override offsets(collection: string): Int32Array {
    return this.nominal.offsets(collection);
  }

  override knownOffsets(collection: string): Int32Array | undefined {
    return this.nominal.knownOffsets(collection);
  }
}

/**
 * The events of a view with values varied: the same events, the same lists, other values. Definitions of the view would
 * still mean the values from before, so there must be none. Throws `UsageError` and `MissingColumnError`.
 */
export function variedView(view: View, name: string, changes: Changes): View {
  const { scope } = view;
  const [known] = view.definitions.keys();
  if (known !== undefined)
    throw new CortadoError(
      "UsageError",
      `vary("${name}"): "${known}" is defined on the values from before; vary first, then define`,
      { code: "BadArgument" },
    );
  const whole = new View(scope, new Map(), {});
  const replaced = new Map<string, (nominal: Column) => Column>();
  const vary = (column: string, compute: () => Column): void => {
    replaced.set(column, (nominal) => inPlaceOf(nominal, compute(), `vary("${name}"): ${column}`));
  };
  for (const [owner, change] of Object.entries(changes)) {
    if (typeof change === "function") {
      vary(scalarName(scope, name, owner), () => mappedEvents(whole, besideEvent(owner, change)).toColumn());
      continue;
    }
    for (const [member, f] of Object.entries(change)) {
      const column = memberName(scope, name, owner, member);
      if (owner in scope.columns.layout.collections) vary(column, () => itemValues(whole, owner, f));
      else vary(column, () => mappedEvents(whole, besideEvent(owner, f)).toColumn());
    }
  }
  const varied = new Scope(new VariedColumns(scope.columns, replaced), scope.metadata, name);
  return new View(varied, new Map(), view.alignment, () => view.rows);
}

/** A lambda of a value or record and its event, as a lambda of the event. */
function besideEvent(owner: string, f: Lambda): Lambda {
  const beside = f as unknown as (value: unknown, e: unknown) => unknown;
  return ((e: Record<string, unknown>) => beside(e[owner], e)) as unknown as Lambda;
}

/** A value for each item of a collection. Lambdas of the item alone become one loop; those of item and event pass through lists. */
function itemValues(whole: View, owner: string, f: Lambda): Column {
  if (f.length < 2) return collectionOf(whole, owner).map(f).toColumn();
  const beside = f as unknown as (item: unknown, e: unknown) => unknown;
  const compute = (e: unknown): unknown =>
    (e as Record<string, EventList>)[owner]!.map(((item: unknown) => beside(item, e)) as unknown as Lambda);
  const values = new Definition(owner, compute, whole.scope.columns.length, () => whole.acquire(compute));
  return (defined(whole, values) as ColumnSource).toColumn();
}

function scalarName(scope: Scope, name: string, scalar: string): string {
  const { scalars, collections, records } = scope.columns.layout;
  if (Object.hasOwn(scalars, scalar)) return scalars[scalar]!;
  if (!Object.hasOwn(collections, scalar) && !Object.hasOwn(records, scalar))
    throw unknown(name, scalar, scalar, Object.keys(scalars));
  throw new CortadoError(
    "UsageError",
    `vary("${name}"): ${scalar} has members; say which, as in { ${scalar}: { pt: (x) => … } }`,
    { code: "BadArgument" },
  );
}

function memberName(scope: Scope, name: string, owner: string, member: string): string {
  const { collections, records } = scope.columns.layout;
  const members = collections[owner]?.members ?? records[owner];
  if (members === undefined) throw unknown(name, owner, owner, [...Object.keys(collections), ...Object.keys(records)]);
  const column = members[member];
  if (column === undefined) throw unknown(name, `${owner}.${member}`, member, Object.keys(members));
  return column;
}

function unknown(name: string, column: string, word: string, exists: readonly string[]): CortadoError {
  return new CortadoError("MissingColumnError", `vary("${name}"): there is no ${column}. ${whatExists(word, exists)}`, {
    code: "UnknownColumn",
    column,
    nearest: nearest(word, exists),
  });
}

/** Values computed for every item, as a column of the nominal one's type and shape. Integers must stay integers. */
function inPlaceOf(nominal: Column, computed: Column, title: string): Column {
  if (nominal.length === 0) return nominal;
  if (nominal.kind === "list" && computed.kind === "list")
    return { ...nominal, content: inPlaceOf(nominal.content, computed.content, title) };
  if (nominal.kind !== "primitive")
    throw unfit(`${title} cannot be varied: it holds ${nominal.kind}s, and only numbers can be`);
  if (computed.kind !== "primitive" || (computed.dtype === "bool") !== (nominal.dtype === "bool"))
    throw unfit(`${title} has the type ${nominal.dtype}; the lambda answers ${typeName(computed)}`);
  const values = new valuesOf[nominal.dtype](nominal.length) as Float64Array;
  const big = values[0] === (0n as unknown);
  const float = nominal.dtype === "float32" || nominal.dtype === "float64";
  for (let i = 0; i < values.length; i++) {
    const answer = computed.values[i]!;
    const value = (big && Number.isInteger(answer) ? BigInt(answer) : answer) as number;
    if (typeof value === typeof values[0]) values[i] = value;
    if (values[i] !== value && !(float && typeof value === "number"))
      throw unfit(`${title} has the type ${nominal.dtype}, which does not hold ${answer}`);
  }
  return { ...nominal, values: values as Values } as PrimitiveColumn;
}

function unfit(message: string): CortadoError<"ShapeError"> {
  return new CortadoError("ShapeError", message, { code: "TypeMismatch" });
}
