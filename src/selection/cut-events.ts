/** The events behind cuts, during `process`: which are looked at at all, and what each of them weighs. */
import { CortadoError } from "../errors.ts";
import type { PrimitiveColumn } from "../jagged/index.ts";
import { type EventMask, maskColumn, readMask, type SameEvents } from "./event-values.ts";
import type { Weights } from "./weights.ts";

export interface CutOptions {
  /** Events that are looked at at all: "initial" are those. Missing values count as false. */
  readonly commonmask?: EventMask | null;
  /** Weights of the events, to sum them besides counting. */
  readonly weights?: Weights | null;
  /** The variation of the weights to take. */
  readonly weightsmodifier?: string | null;
}

export interface CutEvents {
  readonly size: number;
  /** 1 for each event that is looked at; null for all. */
  readonly common: Uint8Array | null;
  readonly weights: Float64Array | null;
  readonly modifier: string | null;
}

/**
 * What the options say about events that have `length` and, as far as it is known, `alignment`.
 * Throws `ShapeError` for a mask or weights of other events, `UsageError` for a modifier without weights or an unknown one.
 */
export function cutEvents(
  what: string,
  { length, alignment }: Readonly<SameEvents> & { readonly length: number },
  options: CutOptions,
): CutEvents {
  const { commonmask = null, weights = null, weightsmodifier = null } = options;
  const events = { length, alignment };
  const common = commonmask === null ? null : readMask(commonmask, `${what}: the common mask`, events, false);
  if (weights === null && weightsmodifier !== null)
    throw new CortadoError("UsageError", `${what}: the variation "${weightsmodifier}" needs weights`, {
      code: "BadArgument",
    });
  const values = weights?.weight(weightsmodifier) ?? null;
  if (values !== null && values.length !== length)
    throw new CortadoError("ShapeError", `${what}: weights of ${values.length} events for masks of ${length}`, {
      code: "LengthMismatch",
    });
  const given = weights?.alignment ?? null;
  if (given !== null && events.alignment !== null && given !== events.alignment)
    throw new CortadoError("ShapeError", `${what}: the weights are of other events than the masks (another filter?)`, {
      code: "OtherEvents",
    });
  return { size: length, common, weights: values, modifier: weightsmodifier };
}

/** A mask with the events that are not looked at taken out, as a new one. */
export function lookedAt(mask: Uint8Array, { common }: CutEvents): Uint8Array {
  return common === null ? mask.slice() : bothMasks(mask, common);
}

/** The events of both masks, as a new one. */
export function bothMasks(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length);
  for (let i = 0; i < both.length; i++) both[i] = a[i]! & b[i]!;
  return both;
}

/** All events that are looked at. */
export function initialMask(events: CutEvents): Uint8Array {
  return lookedAt(new Uint8Array(events.size).fill(1), events);
}

/** The masks behind `initial` as new columns. */
export function shownMasks(masks: readonly Uint8Array[]): PrimitiveColumn<"bool">[] {
  return masks.slice(1).map((mask) => maskColumn(mask.slice()));
}

/** The common mask as a new column, null where there is none. */
export function shownCommonMask({ common }: CutEvents): PrimitiveColumn<"bool"> | null {
  return common === null ? null : maskColumn(common.slice());
}
