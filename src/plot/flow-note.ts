import type { Binned } from "./binned.ts";
import { shortNumber } from "./ticks.ts";

/** Contents that are not shown, one per histogram: `overflow: 208`, or `overflow: 12 (data), 11.3 (model)`. */
export function flowNote(shown: readonly { readonly label: string; readonly bins: Binned }[]): string {
  const side = (word: string, content: (bins: Binned) => number): string[] => {
    const hidden = shown.filter((s) => content(s.bins) !== 0);
    if (hidden.length === 0) return [];
    if (shown.length === 1) return [`${word}: ${count(content(hidden[0]!.bins))}`];
    if (shown.length > 3) return [`${word} in ${hidden.length} of ${shown.length}`];
    return [`${word}: ${hidden.map((s) => `${count(content(s.bins))} (${s.label})`).join(", ")}`];
  };
  return [...side("underflow", (b) => b.under), ...side("overflow", (b) => b.over)].join("; ");
}

const count = (value: number): string => (Number.isInteger(value) ? shortNumber(value, 10) : shortNumber(value));
