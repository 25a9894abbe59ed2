import { badArgument } from "./axis-options.ts";

/** A systematic and the categories of the variation axis that are its two sides, as far as they are there. */
export interface Systematic {
  readonly name: string;
  readonly up?: number;
  readonly down?: number;
}

/**
 * Systematics by the names of their variations, in the order of their first one: `jesUp` and `jesDown`, or `jes_up` and
 * `jes_down`, are `jes`; a name without such an end is the up side of a systematic of this name.
 *
 * @throws UsageError for two variations that are the same side.
 */
export function systematicsOf(categories: readonly string[], nominal: number): Systematic[] {
  const found = new Map<string, { name: string; up?: number; down?: number }>();
  for (const [index, category] of categories.entries()) {
    if (index === nominal) continue;
    const [, stem, end] = /^(.+?)(?:_(up|down|Up|Down|UP|DOWN)|(?:Up|Down))$/.exec(category) ?? [];
    const name = stem ?? category;
    const side = stem === undefined || /up$/i.test(end ?? category) ? "up" : "down";
    const systematic = found.get(name) ?? { name };
    if (systematic[side] !== undefined)
      throw badArgument(`Variations "${categories[systematic[side]]}" and "${category}" are both ${name} ${side}.`);
    systematic[side] = index;
    found.set(name, systematic);
  }
  return [...found.values()];
}
