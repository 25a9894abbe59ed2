/** Histograms for a terminal: bars for one axis, shades for two. */
import { type Axis, binCount, centers, describeAxis, firstBin, isCategorical, type NumericAxis } from "./axis.ts";
import { cellCounts, totalOf } from "./contents.ts";
import type { HistData } from "./hist-data.ts";
import { innerCells } from "./layout.ts";
import { holdsMeans, nanWeightsText } from "./storage.ts";

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const shades = " ░▒▓█";
const mostRows = 40;
const mostColumns = 80;

/**
 * A histogram as text. With one axis a line for each bin with its lower edge or its category, a bar and its content, flow
 * bins first and last where they hold anything; then entries, and mean and standard deviation of what is in range, from
 * bin centres. With two axes a grid: the first axis downwards, the second across, neighbouring bins as one where there
 * are many. With another number of axes one line that says so.
 */
export function textHistogram(hist: HistData, width = 50): string {
  const [first, second, third] = hist.axes;
  if (first === undefined || third !== undefined) return otherwise(hist);
  return second === undefined ? bars(hist, first, width) : grid(hist, first, second);
}

function otherwise({ axes, storage }: HistData): string {
  if (axes.length === 0)
    return [`no axes, ${numberText(totalOf(storage).value)} in all`, ...nanWeightsText(storage)].join(", ");
  return `${axes.length} axes: ${axes.map(titleOf).join(", ")}; project(…) or at(…) leave one or two to be shown`;
}

function bars(hist: HistData, axis: Axis, width: number): string {
  const all = hist.storage.values;
  const bins = binCount(axis);
  const from = firstBin(axis);
  const values = all.slice(from, from + bins);
  const names = binNames(axis);
  const largest = largestOf(all);
  const label = Math.max(...names.map((name) => name.length), 5);
  const line = (name: string, value: number): string =>
    `${name.padStart(label)} │${bar((Math.max(0, value) / largest) * width)} ${numberText(value)}`;
  const under = from === 1 ? all[0]! : 0;
  const over = axis.overflow ? all[from + bins]! : 0;
  return [
    titleOf(axis),
    ...(under === 0 ? [] : [line("under", under)]),
    ...[...values].map((value, i) => line(names[i]!, value)),
    ...(over === 0 ? [] : [line(isCategorical(axis) ? "other" : "over", over)]),
    entries(hist) + (isCategorical(axis) || holdsMeans(hist.storage) ? "" : moments(axis, values)),
  ].join("\n");
}

function bar(length: number): string {
  if (!Number.isFinite(length)) return "";
  const whole = Math.floor(length);
  return "█".repeat(whole) + eighths[Math.floor((length - whole) * 8)];
}

function moments(axis: NumericAxis, values: Float64Array): string {
  const middles = centers(axis);
  const total = values.reduce((sum, v) => sum + v, 0);
  if (!(total > 0)) return "";
  const mean = values.reduce((sum, v, i) => sum + v * middles[i]!, 0) / total;
  const deviation = Math.sqrt(values.reduce((sum, v, i) => sum + v * (middles[i]! - mean) ** 2, 0) / total);
  return `, in range mean ${mean.toPrecision(4)}, standard deviation ${deviation.toPrecision(4)}`;
}

/** Shades between nothing and the largest content of a place; `-` where it is negative. */
function grid(hist: HistData, down: Axis, across: Axis): string {
  const [rows, columns] = [groups(binCount(down), mostRows), groups(binCount(across), mostColumns)];
  const values = Float64Array.from(innerCells(hist.axes), (cell) => hist.storage.values[cell]!);
  const wide = binCount(across);
  const sums = rows.map(([r0, r1]) =>
    columns.map(([c0, c1]) => {
      let sum = 0;
      for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) sum += values[r * wide + c]!;
      return sum;
    }),
  );
  const largest = largestOf(sums.flat());
  const place = columns.length <= mostColumns / 2 ? 2 : 1;
  const names = binNames(down);
  const label = Math.max(...names.map((name) => name.length), 0);
  const lines = sums.map(
    (row, i) => `${names[rows[i]![0]]!.padStart(label)} │${row.map((v) => shade(v, largest).repeat(place)).join("")}│`,
  );
  const ends = endNames(across);
  const gap = Math.max(1, columns.length * place - ends[0].length - ends[1].length);
  return [
    `${titleOf(down)} ↓ ${titleOf(across)} →`,
    ...lines,
    `${" ".repeat(label + 2)}${ends[0]}${" ".repeat(gap)}${ends[1]}`,
    entries(hist) + (largest > Number.MIN_VALUE ? `; █ is ${numberText(largest)}` : ""),
  ].join("\n");
}

function shade(value: number, largest: number): string {
  if (value < 0) return "-";
  return shades[value > 0 ? Math.max(1, Math.ceil((value / largest) * 4)) : 0] ?? "?";
}

/** The largest finite content, and never 0. */
function largestOf(contents: ArrayLike<number>): number {
  let largest = Number.MIN_VALUE;
  for (let i = 0; i < contents.length; i++)
    if (Number.isFinite(contents[i])) largest = Math.max(largest, Math.abs(contents[i]!));
  return largest;
}

/** Ranges of neighbouring bins, at most `most` of them. */
function groups(bins: number, most: number): [number, number][] {
  const size = Math.ceil(bins / most) || 1;
  return Array.from({ length: Math.ceil(bins / size) }, (_, i) => [i * size, Math.min(bins, (i + 1) * size)]);
}

function binNames(axis: Axis): string[] {
  if (isCategorical(axis)) return axis.categories.map(String);
  if (axis.kind === "boolean") return ["false", "true"];
  return [...axis.edges.subarray(0, axis.bins)].map(edgeText);
}

function endNames(axis: Axis): [string, string] {
  const names = binNames(axis);
  if (isCategorical(axis)) return [names.join(" "), ""];
  return [names[0]!, axis.kind === "boolean" ? names[1]! : edgeText(axis.edges[axis.bins]!)];
}

const edgeText = (edge: number): string => String(Number(edge.toPrecision(6)) + 0);

function entries({ storage }: HistData): string {
  const total = totalOf(storage).value;
  const samples = (): number => cellCounts(storage).reduce((sum, n) => sum + n, 0);
  const content = holdsMeans(storage)
    ? `${numberText(samples())} samples, mean ${total.toPrecision(4)}`
    : `${numberText(total)} entries`;
  return [content, ...nanWeightsText(storage)].join(", ");
}

const titleOf = (axis: Axis): string => axis.label || axis.name || describeAxis(axis);

/** Whole numbers with commas between thousands, others with six digits. */
function numberText(n: number): string {
  if (!Number.isInteger(n)) return n.toPrecision(6);
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
