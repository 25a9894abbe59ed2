import { type ComparisonKind, compare, comparisonKinds, type Side } from "./comparison.ts";
import type { LowerContent } from "./layout.ts";
import type { BinMark } from "./marks.ts";
import { misuse } from "./misuse.ts";

export interface ComparisonOptions {
  /** The panel below, and what it shows; "none" for no such panel. */
  readonly comparison?: ComparisonKind | "none" | undefined;
  /** Range of the y axis of that panel; found from its contents unless told. */
  readonly comparisonRange?: readonly [number, number] | undefined;
  /** Its y title. */
  readonly comparisonLabel?: string | undefined;
}

/** What is compared with the reference. */
export interface Contender extends Side {
  readonly label: string;
  readonly colour: string;
  /** Points with error bars, or lines. */
  readonly look: "points" | "outline";
  readonly dashed?: boolean;
}

/** The panel that compares each contender with the reference. Throws UsageError as `compare`. */
export function comparisonPanel(
  kind: ComparisonKind,
  contenders: readonly Contender[],
  reference: Side & { readonly label: string },
  edges: readonly number[],
  options: ComparisonOptions,
): LowerContent {
  if (!comparisonKinds.includes(kind))
    throw misuse(`There is no comparison ${JSON.stringify(kind)}: there are ${comparisonKinds.join(", ")} and none.`);
  const [low, high] = options.comparisonRange ?? [0, 1];
  if (!(low < high)) throw misuse(`A comparison cannot be shown from ${low} to ${high}.`);
  const marks: BinMark[] = [];
  const all: number[] = [];
  contenders.forEach(({ label, colour, look, dashed = false, ...side }, c) => {
    const found = compare(kind, side, reference, [`"${label}"`, `"${reference.label}"`]);
    const { values } = found;
    all.push(...values.filter((v) => !Number.isNaN(v)));
    if (found.band !== undefined && c === 0) {
      const open = found.band.low.map((v) => (Number.isNaN(v) ? Number.NaN : 1));
      marks.push({ mark: "band", label: "", edges, values: open, ...found.band });
    }
    marks.push(
      look === "points"
        ? { mark: "points", label: "", colour, edges, values, low: found.low, high: found.high, skipEmpty: false }
        : { mark: "outline", label: "", colour, edges, values, dashed, open: true },
    );
  });
  const line = referenceOf(kind);
  const [a, b] = [contenders.length === 1 ? contenders[0]!.label : "", reference.label];
  return {
    marks,
    ...(line !== undefined && { line }),
    range: options.comparisonRange ?? rangeOf(kind, all, marks),
    titles: options.comparisonLabel !== undefined ? [options.comparisonLabel] : titles(kind, a, b),
  };
}

const referenceOf = (kind: ComparisonKind): number | undefined =>
  kind === "efficiency" ? undefined : kind === "ratio" || kind === "split_ratio" ? 1 : 0;

/** The range that shows nine tenths of the values, of those that people are used to. */
function rangeOf(
  kind: ComparisonKind,
  values: readonly number[],
  marks: readonly BinMark[],
): readonly [number, number] {
  if (kind === "efficiency") return [0, 1.15];
  const middle = referenceOf(kind)!;
  const distances = values.map((v) => Math.abs(v - middle));
  if (kind === "difference") {
    const ends = marks.flatMap((m) => (m.mark === "points" ? [...m.low, ...m.high] : [...m.values]));
    const far = Math.max(...ends.map((v) => (Number.isNaN(v) ? 0 : Math.abs(v))), 0) || 1;
    return [-1.15 * far, 1.15 * far];
  }
  const usual = kind === "pull" ? [3.5, 5.5] : [0.12, 0.28, 0.6, 1.15];
  const most = Math.max(nineTenths(distances), nineTenths(bandWidths(marks, middle)));
  const half = usual.find((u) => u * 0.95 >= most) ?? usual.at(-1)!;
  return kind === "ratio" || kind === "split_ratio"
    ? [Math.max(0, 1 - half), 1 + half]
    : [middle - half, middle + half];
}

/** The number that nine tenths of them do not exceed; 0 for none. */
function nineTenths(distances: readonly number[]): number {
  return distances.toSorted((a, b) => a - b)[Math.ceil(distances.length * 0.9) - 1] ?? 0;
}

/** How far the band reaches, of the bins where it is not wider than what it is a band of. */
function bandWidths(marks: readonly BinMark[], middle: number): number[] {
  const ends = marks.flatMap((mark) => (mark.mark === "band" ? [...mark.low, ...mark.high] : []));
  return ends.map((end) => Math.abs(end - middle)).filter((width) => width < 0.5);
}

/** Titles in the order of preference: the first one that fits is taken. */
function titles(kind: ComparisonKind, a: string, b: string): string[] {
  const named = a !== "" && b !== "";
  switch (kind) {
    case "ratio":
    case "split_ratio":
      return [...(named ? [`${a} / ${b}`] : []), "Ratio"];
    case "pull":
      return ["Pull"];
    case "difference":
      return [...(named ? [`${a} − ${b}`] : []), "Difference"];
    case "relative_difference":
      return ["Rel. difference", "Rel. diff."];
    case "efficiency":
      return ["Efficiency"];
    case "asymmetry":
      return ["Asymmetry"];
  }
}
