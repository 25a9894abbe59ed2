/** The x axis of a figure: its ticks, how its labels stand, the room they take. */
import type { AxisPlan } from "./frame.ts";
import { cut, fitted, labelWidth } from "./labels.ts";
import { middleOf } from "./marks.ts";
import { px } from "./spec.ts";
import type { Style } from "./style.ts";
import { factorText, linearTicks, logTicks, shortNumber, type Ticks } from "./ticks.ts";

/** What an axis shows, whichever its direction. */
export interface AxisContent {
  readonly edges: readonly number[];
  readonly categories: readonly string[] | undefined;
  readonly log: boolean;
  readonly title: string;
  readonly flowBins: { readonly under: boolean; readonly over: boolean };
}

export interface XPlan {
  readonly axis: AxisPlan;
  readonly width: number;
  /** Right margin that the last label needs. */
  readonly right: number;
  /** Pixels from the frame to the base line of the title. */
  readonly titleOffset: number;
}

/** The x axis in a figure of `style.width` pixels with these pixels left and right of the frame. */
export function planX(content: AxisContent, style: Style, left: number, minimalRight: number): XPlan {
  const { fonts, gap } = style;
  const { edges, categories, log } = content;
  let ticks = axisTicks(content, 5);
  const overhang = categories === undefined ? labelWidth(ticks.labels.at(-1) ?? "", fonts.tick) / 2 : 0;
  const right = px(Math.max(overhang + gap * 0.4, gap * 2, minimalRight));
  const width = px(style.width - left - right);
  const slot = categories === undefined ? 0 : width / categories.length;
  const tilted = categories?.some((name) => labelWidth(name, fonts.tick) > slot * 0.95) ?? false;
  if (tilted) ticks = shortened(ticks, fonts.tick, slot, left - gap, style.height * 0.4);
  const at = place(edges, width, log);
  const span =
    ({ major, labels }: Ticks) =>
    (i: number): readonly [number, number] => {
      const half = labelWidth(labels[i]!, fonts.tick) / 2 + fonts.tick * 0.2;
      return [at(major[i]!) - half, at(major[i]!) + half];
    };
  if (!tilted) ticks = { ...ticks, labels: uncrowded(ticks, span(ticks), content.flowBins) };
  const names = tilted ? Math.max(...ticks.labels.map((l) => labelWidth(l, fonts.tick))) : 0;
  const labelHeight = tilted ? Math.max(fonts.tick, names * Math.sin(tilt) + fonts.tick * 0.9) : fonts.tick;
  const whole = `${content.title} ${factorText(ticks)}`.trim();
  const titleSize = fitted(whole, fonts.title, width);
  const titleOffset = px(gap * 0.7 + labelHeight + fonts.title * 1.12);
  const axis: AxisPlan = {
    scale: scaleOf(edges, log),
    at,
    ticks,
    title: cut(whole, titleSize, width),
    titleSize,
    titleOffset,
    labelAngle: tilted ? (-tilt * 180) / Math.PI : 0,
  };
  return { axis, width, right, titleOffset };
}

/** The Vega-Lite scale of an axis from its first to its last edge. */
export function scaleOf(edges: readonly number[], log: boolean): AxisPlan["scale"] {
  const domain = [edges[0]!, edges.at(-1)!];
  return log ? { domain, nice: false, type: "log" } : { domain, nice: false, zero: false };
}

/** Pixels from the first edge, of `length` in all. */
export function place(edges: readonly number[], length: number, log: boolean): (value: number) => number {
  const [first, last] = [edges[0]!, edges.at(-1)!];
  return log
    ? (v) => (Math.log(v / first) / Math.log(last / first)) * length
    : (v) => ((v - first) / (last - first)) * length;
}

/** About `wanted` ticks of an axis; names stand at the middles of their bins, and flow at the middle of its own. */
export function axisTicks({ edges, categories, log, flowBins }: AxisContent, wanted: number): Ticks {
  if (categories !== undefined) {
    const major = categories.map((_, i) => (edges[i]! + edges[i + 1]!) / 2);
    return { major, minor: [], labels: [...categories], exponent: 0 };
  }
  const { under, over } = flowBins;
  const first = edges[under ? 1 : 0]!;
  const last = edges.at(over ? -2 : -1)!;
  const ticks = log ? logAxisTicks(first, last) : linearTicks(first, last, wanted);
  if (!under && !over) return ticks;
  const named = (v: number): string => shortNumber(v / 10 ** ticks.exponent);
  const low = middleOf(edges, 0, log);
  const high = middleOf(edges, edges.length - 2, log);
  return {
    ...ticks,
    major: [...(under ? [low] : []), ...ticks.major, ...(over ? [high] : [])],
    labels: [...(under ? [`<${named(first)}`] : []), ...ticks.labels, ...(over ? [`>${named(last)}`] : [])],
  };
}

/** Powers of ten; where there are fewer than two, 2 and 5 times them are named too. */
function logAxisTicks(low: number, high: number): Ticks {
  const ticks = logTicks(low, high);
  if (ticks.labels.filter((l) => l !== "").length >= 3 || ticks.minor.length === 0) return ticks;
  const leading = (v: number): number => Math.round(v / 10 ** Math.floor(Math.log10(v) + 1e-9));
  const extra = ticks.minor.filter((v) => [2, 5].includes(leading(v)));
  const major = [...ticks.major, ...extra].sort((a, b) => a - b);
  const minor = ticks.minor.filter((v) => !extra.includes(v));
  return { ...ticks, major, minor, labels: major.map((v) => shortNumber(v)) };
}

/** Labels that would touch one before them are left out; those of flow bins stay. `span` gives the pixels of a label. */
export function uncrowded(
  { labels }: Ticks,
  span: (label: number) => readonly [number, number],
  flow: AxisContent["flowBins"],
): string[] {
  const kept = labels.map(() => false);
  const order = [...labels.keys()];
  if (flow.over) order.unshift(order.pop()!);
  for (const i of order) {
    if (labels[i] === "") continue;
    const [left, right] = span(i);
    kept[i] = order.every((k) => !kept[k] || span(k)[0] >= right || span(k)[1] <= left);
  }
  return labels.map((label, i) => (kept[i] === true ? label : ""));
}

/** Tilted names that begin right of the figure's edge and end above `depth` pixels, every so many of them that they do not touch. */
function shortened(ticks: Ticks, fontSize: number, slot: number, left: number, depth: number): Ticks {
  const every = Math.ceil((fontSize * 1.1) / slot);
  const labels = ticks.labels.map((label, i) => {
    const room = Math.min((left + slot * (i + 0.5)) / Math.cos(tilt), depth / Math.sin(tilt));
    return i % every === 0 ? cut(label, fontSize, room) : "";
  });
  return { ...ticks, labels };
}

/** Of names that do not fit side by side, in radians. */
const tilt = Math.PI / 6;
