/** The colours of a heatmap, and the bar that says what they mean. */
import { cut, type Label } from "./labels.ts";
import { misuse } from "./misuse.ts";
import { type JsonObject, type Layer, pixels, px } from "./spec.ts";
import type { Style } from "./style.ts";
import { factorText, linearTicks, logTicks, type Ticks } from "./ticks.ts";

export interface ColourOptions {
  /** Logarithmic colours; cells that are not above 0 stay white. */
  readonly logZ?: boolean | undefined;
  /** Range of the colours; from the contents unless told. */
  readonly zRange?: readonly [number, number] | undefined;
  /** Title of the colour bar, "Events" unless told. */
  readonly zLabel?: string | undefined;
}

/** What colours mean. */
export interface ColourScale {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly ticks: Ticks;
  readonly title: string;
}

/** The scale of contents. Throws UsageError for a range that is none. */
export function colourScale(values: readonly number[], options: ColourOptions): ColourScale {
  const log = options.logZ === true;
  const shown = values.filter((v) => !Number.isNaN(v) && (!log || v > 0));
  const smallest = shown.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const largest = shown.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const found = shown.length === 0 ? [log ? 0.5 : 0, 10] : [log ? smallest : Math.min(0, smallest), largest];
  let [low, high] = (options.zRange ?? found) as [number, number];
  if (options.zRange === undefined && !(low < high)) high = low === 0 ? 1 : low + Math.abs(low);
  if (!(low < high) || (log && !(low > 0)))
    throw misuse(`Colours cannot go from ${low} to ${high}${log ? " on a logarithmic scale" : ""}.`);
  const ticks = log ? logTicks(low, high) : linearTicks(low, high, 6);
  return { low, high, log, ticks, title: options.zLabel ?? "Events" };
}

/** The encoding of a field `value`. */
export function colourOf(z: ColourScale): JsonObject {
  const scale = { domain: [z.low, z.high], scheme: "viridis", clamp: true, ...(z.log && { type: "log" }) };
  return { field: "value", type: "quantitative", scale, legend: null };
}

/** Width of the line around a cell, of its own colour: without it, renderers leave white hairlines. */
export const seam = 0.8;

/** Steps of the colour bar. */
const shades = 128;

/** The layers of the bar. */
export function colourBar(z: ColourScale, bar: readonly [number, number], height: number, style: Style): Layer[] {
  const steps = Array.from({ length: shades }, (_, i) => {
    const at = (k: number): number =>
      z.log ? z.low * (z.high / z.low) ** (k / shades) : z.low + ((z.high - z.low) * k) / shades;
    const [bottom, top] = [barAt(z, height)(at(i)), barAt(z, height)(at(i + 1))];
    return { x: bar[0], x2: bar[1], y: px(bottom), y2: px(top), value: at(i + 0.5) };
  });
  const colour = colourOf(z);
  const ends = { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } };
  return [
    {
      name: "colour-bar",
      data: { values: steps },
      mark: { type: "rect", strokeWidth: seam },
      encoding: { ...ends, fill: colour, stroke: colour },
    },
    {
      name: "colour-bar-frame",
      data: { values: [{ x: bar[0], x2: bar[1], y: 0, y2: height }] },
      mark: { type: "rect", fill: null, filled: false, stroke: "black", strokeWidth: style.tick.width },
      encoding: ends,
    },
  ];
}

/** Numbers and title of the bar between `bar` pixels from the left; `right` are those right of the frame. */
export function barLabels(
  z: ColourScale,
  bar: readonly [number, number],
  height: number,
  right: number,
  style: Style,
  width: number,
): Label[] {
  const { fonts, gap } = style;
  const labels = z.ticks.major.map(
    (v, i): Label => ({
      name: `colour-bar-label-${i}`,
      text: z.ticks.labels[i]!,
      x: bar[1] + gap * 0.8,
      y: barAt(z, height)(v) + fonts.tick * 0.35,
      align: "left",
      fontSize: fonts.tick,
    }),
  );
  const title: Label = {
    name: "colour-bar-title",
    text: cut(`${z.title} ${factorText(z.ticks)}`.trim(), fonts.title, height),
    x: width + right - fonts.title * 0.35,
    y: 0,
    align: "right",
    fontSize: fonts.title,
    angle: 270,
  };
  return [...labels.filter((l) => l.text !== ""), title];
}

/** Pixels from the top of the frame of a value in the colour bar. */
export function barAt({ low, high, log }: ColourScale, height: number): (v: number) => number {
  return log
    ? (v) => height * (1 - Math.log(v / low) / Math.log(high / low))
    : (v) => height * (1 - (v - low) / (high - low));
}
