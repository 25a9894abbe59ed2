import { CortadoError, whatExists } from "../errors.ts";
import { type Column, type ListColumn, type PrimitiveColumn, type Values, valuesOf } from "../jagged/index.ts";
import { ChunkColumns, type ColumnNotLoaded } from "./chunk-columns.ts";
import { mappedEvents } from "./column-over-events.ts";
import { collectionOf } from "./names-over-events.ts";
import { Scope } from "./scope.ts";
import type { Lambda } from "./source.ts";
import { View } from "./view.ts";

/** Members to change, by collection or record: what to put in the place of a value. */
export type Changes = Readonly<Record<string, Readonly<Record<string, Lambda>>>>;

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
 * The events of a view with members varied: the same events, the same lists, other values. Definitions of the view would
 * still mean the nominal values, so there must be none. Throws `UsageError` and `MissingColumnError`.
 */
export function variedView(view: View, name: string, changes: Changes): View {
  const { scope } = view;
  const [defined] = view.definitions.keys();
  if (defined !== undefined)
    throw new CortadoError(
      "UsageError",
      `vary("${name}"): "${defined}" is defined on the nominal values; vary first, then define`,
      {
        code: "BadArgument",
      },
    );
  const whole = new View(scope, new Map(), {});
  const replaced = new Map<string, (nominal: Column) => Column>();
  for (const [owner, members] of Object.entries(changes))
    for (const [member, f] of Object.entries(members)) {
      const column = canonicalName(scope, name, owner, member);
      if (owner in scope.columns.layout.collections)
        replaced.set(column, (nominal) => inPlaceOf(nominal, collectionOf(whole, owner).map(f).toColumn()));
      else {
        const ofRecord = ((e: Record<string, never>) => f(e[owner]!)) as unknown as Lambda;
        replaced.set(column, (nominal) => inPlaceOf(nominal, mappedEvents(whole, ofRecord).toColumn()));
      }
    }
  const metadata = { ...scope.metadata, variation: name };
  const varied = new Scope(new VariedColumns(scope.columns, replaced), metadata);
  return new View(varied, new Map(), view.alignment, () => view.rows);
}

function canonicalName(scope: Scope, name: string, owner: string, member: string): string {
  const { collections, records } = scope.columns.layout;
  const members = collections[owner]?.members ?? records[owner];
  if (members?.[member] !== undefined) return members[member];
  const column = members === undefined ? owner : `${owner}.${member}`;
  const exists = members === undefined ? [...Object.keys(collections), ...Object.keys(records)] : Object.keys(members);
  throw new CortadoError(
    "MissingColumnError",
    `vary("${name}"): there is no ${column}. ${whatExists(members === undefined ? owner : member, exists)}`,
    {
      code: "UnknownColumn",
      column,
      nearest: exists.slice(0, 5),
    },
  );
}

/** Values computed for every item, as a column of the nominal one's type and shape. */
function inPlaceOf(nominal: Column, computed: Column): Column {
  if (nominal.kind === "list") {
    const content = inPlaceOf(nominal.content, (computed as ListColumn).content);
    return { ...nominal, content };
  }
  if (nominal.kind !== "primitive" || computed.kind !== "primitive")
    throw new CortadoError("ShapeError", `only numbers can be varied, not ${nominal.kind}s`, { code: "TypeMismatch" });
  const values = new valuesOf[nominal.dtype](nominal.length) as Float64Array;
  values.set(computed.values as Float64Array);
  const { validity, ...rest } = nominal;
  return { ...rest, values: values as Values, ...(validity !== undefined && { validity }) } as PrimitiveColumn;
}
