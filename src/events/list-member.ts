import { CortadoError } from "../errors.ts";
import { type Column, isValid, type ListColumn, typeName } from "../jagged/index.ts";
import { type EventList, eventList } from "./event-list.ts";
import type { Slots } from "./source.ts";
import { codedSource, valueSource } from "./stored-source.ts";

/** A member that is a list itself, of values or of objects of another collection: `j.constituents`, `m.matched_jet`. */
export class ListMember {
  private readonly column: ListColumn;
  private values: ArrayLike<unknown> | undefined;
  /** Where the values are indices of objects: the slots of those. */
  private readonly target: (() => Slots) | undefined;
  private readonly missing: (i: number) => Error;
  private slots: Slots | undefined;

  /** `missing` makes the error for an object that has no list. */
  constructor(column: ListColumn, target: (() => Slots) | undefined, missing: (i: number) => Error) {
    this.column = column;
    this.target = target;
    this.missing = missing;
  }

  /** The list of object `i`. Throws `MissingValueError` if it has none, `ShapeError` for lists of lists. */
  at(i: number): EventList {
    const { offsets, validity } = this.column;
    this.values ??= plainValues(this.column);
    if (validity !== undefined && !isValid(this.column, i)) throw this.missing(i);
    const [start, stop] = [offsets[i]!, offsets[i + 1]!];
    if (this.target === undefined) return eventList(valueSource(this.values, start, stop));
    this.slots ??= this.target();
    return eventList(codedSource(this.slots, this.values as Int32Array, start, stop));
  }
}

function plainValues(column: ListColumn): ArrayLike<unknown> {
  const content: Column = column.content;
  if (content.kind === "primitive" && content.validity === undefined) return content.values as ArrayLike<unknown>;
  throw new CortadoError("ShapeError", `a lambda reads lists of plain values, not ${typeName(column)}`, {
    code: "NotFlat",
  });
}
