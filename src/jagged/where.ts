import { CortadoError } from "../errors.ts";
import { broadcast, isColumn, type Operand, type Scalar } from "./broadcast.ts";
import { blankMissing, castValues } from "./cast.ts";
import { type Column, type PrimitiveColumn, typeName, valuesOf } from "./column.ts";
import { columnOf } from "./column-of.ts";
import { elementLoop } from "./element-loop.ts";
import { gather, lackingOf, primitive } from "./gather.ts";
import { promote, promoteWeak } from "./promote.ts";
import { noCommonType, stack } from "./stack.ts";
import { isSet } from "./validity.ts";

/**
 * For each entry of the condition `x` where it is true, `y` where it is false, missing where it is missing. All three
 * broadcast; a condition of events chooses between whole lists. Dtypes promote, plain numbers are weak.
 * Throws ShapeError for lengths and lists that differ, for a missing list in the condition (naming the event) and where
 * `x` and `y` have no common type. Cost: one copy of both, one of the choice.
 */
export function where(condition: Column, x: Operand, y: Operand): Column {
  if (x === undefined || y === undefined)
    throw new CortadoError(
      "UsageError",
      "where: takes a condition and two values; for the places where it holds, index localIndex with it: at(localIndex(c), c)",
      { code: "BadArgument" },
    );
  refuseMissingLists(condition);
  return broadcast("where", [condition, x, y], ([choice, a, b], length) => {
    if (!isColumn(choice!) || choice.kind === "list") return undefined;
    if (choice.kind !== "primitive" || choice.dtype !== "bool")
      throw new CortadoError("ShapeError", `where: the condition is ${typeName(condition)}, not bool`, {
        code: "TypeMismatch",
      });
    const [left, right] = [side(a!, b!), side(b!, a!)];
    if (left.kind !== right.kind) throw noCommonType("where", left, right);
    if (
      left.kind === "primitive" &&
      right.kind === "primitive" &&
      left.validity === undefined &&
      right.validity === undefined
    )
      return [chosen(choice, [a!, left], [b!, right])];
    const both = stack("where", [left, right]);
    const start = left.length;
    const index = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      const one = choice.values[i] !== 0;
      const at = one ? (isColumn(a!) ? i : 0) : start + (isColumn(b!) ? i : 0);
      index[i] = isSet(choice.validity, i) ? at : -1;
    }
    return [{ ...gather(both, index), ...lackingOf(choice, left, right) }];
  })[0]!;
}

/** The choice between numbers, of which none is missing. */
function chosen(
  choice: PrimitiveColumn,
  ...sides: readonly [readonly [Operand, PrimitiveColumn], readonly [Operand, PrimitiveColumn]]
): Column {
  const dtype = promote(sides[0][1].dtype, sides[1][1].dtype);
  const [x, y] = sides.map(([operand, values]) => {
    const cast = castValues(values.values, values.dtype, dtype, values.length);
    return isColumn(operand) ? cast : cast[0];
  });
  const out = new valuesOf[dtype](choice.length);
  elementLoop("c[i] !== 0 ? a : b", x, y, out, choice.length, choice.values);
  return { ...primitive(dtype, blankMissing(out, dtype, choice.validity), choice.validity), ...lackingOf(choice) };
}

/** A side of the choice as a column: a plain value as one entry, of the other side's dtype where it is weak. */
function side(value: Operand, other: Operand): Column {
  if (isColumn(value)) return value;
  const own = columnOf(value as Scalar);
  if (own.kind !== "primitive" || !isColumn(other) || other.kind !== "primitive" || typeof value === "string")
    return own;
  const dtype = promoteWeak("where", other.dtype, value);
  return dtype === own.dtype ? own : primitive(dtype, castValues(own.values, own.dtype, dtype, 1));
}

function refuseMissingLists(condition: Column): void {
  if (condition.kind !== "list") return;
  for (let i = 0; condition.validity !== undefined && i < condition.length; i++)
    if (!isSet(condition.validity, i))
      throw new CortadoError(
        "ShapeError",
        `where: the list of the condition (${typeName(condition)}) is missing at entry ${i}: fill it with fillNone(condition, [], { axis: 0 }) or mask the result`,
        { code: "OffsetsMismatch", event: i },
      );
  refuseMissingLists(condition.content);
}
