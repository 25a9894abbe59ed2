import { CortadoError } from "../errors.ts";
import { broadcast, isColumn } from "./broadcast.ts";
import { type Column, typeName } from "./column.ts";
import { lackingOf, withPresent } from "./gather.ts";
import { presentFlags, presentInBoth } from "./validity.ts";

/**
 * The column with what the mask does not keep made missing, its length unchanged: a mask of objects makes objects
 * missing, a mask of events whole lists. With `validWhen: false` the mask says what goes. A missing mask entry hides too.
 * Throws ShapeError for lengths and lists that differ, naming the event, and for a mask that is not bool.
 * Cost: a bitmap for objects; one copy for lists.
 */
export function mask(
  column: Column,
  keep: Column,
  { validWhen = true }: { readonly validWhen?: boolean } = {},
): Column {
  return broadcast("mask", [column, keep], ([values, flags]) => {
    if (!isColumn(values!) || !isColumn(flags!)) return undefined;
    if (flags.kind === "list" && values.kind === "list") return undefined;
    if (flags.kind !== "primitive" || flags.dtype !== "bool")
      throw new CortadoError("ShapeError", `mask: ${typeName(keep)} is not a mask for ${typeName(column)}`, {
        code: "TypeMismatch",
      });
    const kept = presentFlags(flags.values as Uint8Array, flags.length, validWhen ? 1 : 0);
    const present = presentInBoth(flags.validity, kept, flags.length);
    const masked = withPresent(values, presentInBoth(values.validity, present, values.length));
    return [{ ...masked, ...lackingOf(values, flags) }];
  })[0]!;
}
