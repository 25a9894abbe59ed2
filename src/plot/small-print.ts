import type { Binned } from "./binned.ts";
import { shortNumber } from "./ticks.ts";

interface Shown {
  readonly label: string;
  readonly bins: Binned;
}

/**
 * What a figure does not show, for the line below it: contents in flow (`overflow: 208`, or `overflow: 12 (data), 11.3
 * (model)`) unless `flow` is "none", and always bins without a value or blinded, and weights that are
 * no numbers.
 */
export function smallPrint(shown: readonly Shown[], flow = "hint"): string {
  const side = (word: string, content: (bins: Binned) => number): string[] => {
    const hidden = shown.filter((s) => content(s.bins) !== 0);
    if (hidden.length === 0) return [];
    if (shown.length === 1) return [`${word}: ${count(content(hidden[0]!.bins))}`];
    if (shown.length > 3) return [`${word} in ${hidden.length} of ${shown.length}`];
    return [`${word}: ${hidden.map((s) => `${count(content(s.bins))} (${s.label})`).join(", ")}`];
  };
  const empty = shown.reduce((n, { bins }) => n + withoutValue(bins), 0);
  const weights = shown.reduce((n, { bins }) => n + bins.nanWeights, 0);
  const blinded = shown.find(({ bins }) => bins.blinded !== undefined)?.bins.blinded;
  return [
    ...(flow === "hint" ? [...side("underflow", (b) => b.under), ...side("overflow", (b) => b.over)] : []),
    ...(empty > 0 ? [`${empty} bin${empty === 1 ? "" : "s"} without value (NaN)`] : []),
    ...(weights > 0 ? [`${count(weights)} weight${weights === 1 ? "" : "s"} NaN or infinite`] : []),
    ...(blinded === undefined ? [] : [`blinded from ${shortNumber(blinded[0])} to ${shortNumber(blinded[1])}`]),
  ].join("; ");
}

function withoutValue({ values, blinded, edges }: Binned): number {
  const hidden = (i: number): boolean => blinded !== undefined && edges[i]! >= blinded[0] && edges[i]! < blinded[1];
  return values.filter((v, i) => Number.isNaN(v) && !hidden(i)).length;
}

const count = (value: number): string => (Number.isInteger(value) ? shortNumber(value, 10) : shortNumber(value));
