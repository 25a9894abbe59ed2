import { centers, type Hist, type NumericAxis } from "../hist/index.ts";
import { count } from "./quantity.ts";

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A one-dimensional histogram for a terminal: a line for each bin with its lower edge, a bar and its content, flow bins first
 * and last where they hold anything; then entries, mean and standard deviation of what is in range, from bin centres.
 */
export function textHistogram(hist: Hist, width = 50): string {
  const axis = hist.axes[0] as NumericAxis;
  const values = [...hist.values()];
  const all = [...hist.values({ flow: true })];
  const largest = Math.max(...all.map(Math.abs), Number.MIN_VALUE);
  const edges = [...axis.edges].map((edge) => String(Number(edge.toPrecision(6))));
  const label = Math.max(...edges.map((e) => e.length), 5);
  const line = (name: string, value: number): string =>
    `${name.padStart(label)} │${bar((Math.max(0, value) / largest) * width)} ${Number.isInteger(value) ? count(value) : value.toPrecision(6)}`;
  const lines = values.map((value, i) => line(edges[i]!, value));
  const under = axis.underflow ? all[0]! : 0;
  const over = axis.overflow ? all.at(-1)! : 0;
  const middles = centers(axis);
  const total = values.reduce((sum, v) => sum + v, 0);
  const mean = values.reduce((sum, v, i) => sum + v * middles[i]!, 0) / total;
  const deviation = Math.sqrt(values.reduce((sum, v, i) => sum + v * (middles[i]! - mean) ** 2, 0) / total);
  return [
    axis.label || axis.name,
    ...(under === 0 ? [] : [line("under", under)]),
    ...lines,
    ...(over === 0 ? [] : [line("over", over)]),
    `${count(hist.sum({ flow: true }))} entries${total > 0 ? `, in range mean ${mean.toPrecision(4)}, standard deviation ${deviation.toPrecision(4)}` : ""}`,
  ].join("\n");
}

function bar(length: number): string {
  const whole = Math.floor(length);
  return "█".repeat(whole) + eighths[Math.floor((length - whole) * 8)];
}
