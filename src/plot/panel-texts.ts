import { cut, fitted, type Label, labelWidth } from "./labels.ts";
import type { PlotOptions } from "./options.ts";
import { px } from "./spec.ts";
import type { Style } from "./style.ts";
import type { Ticks } from "./ticks.ts";

/** Distance of texts and legend from the frame: clear of the ticks. */
export const inset = (style: Style): number => style.tick.major + style.gap * 0.8;

/** Experiment and status (or the title) on the left above the frame, luminosity and energy on the right. */
export function headLabels(options: PlotOptions, width: number, yTicks: Ticks, style: Style): Label[] {
  const { fonts, gap } = style;
  const labels: Label[] = [];
  const y = -gap * 0.75;
  const conditions = conditionsText(options);
  const rightSize = px(fonts.tick * 0.98);
  const rightWidth = conditions === "" ? 0 : labelWidth(conditions, rightSize) + gap * 1.5;
  if (conditions !== "")
    labels.push({ name: "conditions", text: conditions, x: width, y, align: "right", fontSize: rightSize });
  if (options.experiment !== undefined) {
    const size = fonts.experiment;
    labels.push({
      name: "experiment",
      text: options.experiment,
      x: 0,
      y,
      align: "left",
      fontSize: size,
      weight: "bold",
    });
    if (options.status !== undefined) {
      const start = labelWidth(options.experiment, size, "bold") + size * 0.3;
      const room = width - start - rightWidth;
      const statusSize = fitted(options.status, px(size * 0.8), room);
      labels.push({
        name: "status",
        text: cut(options.status, statusSize, room),
        x: start,
        y,
        align: "left",
        fontSize: statusSize,
        italic: true,
      });
    }
  } else if (options.title !== undefined) {
    const size = fitted(options.title, fonts.tick, width - rightWidth);
    labels.push({
      name: "title",
      text: cut(options.title, size, width - rightWidth),
      x: 0,
      y,
      align: "left",
      fontSize: size,
    });
  }
  if (yTicks.exponent !== 0) {
    const text = `×10^{${String(yTicks.exponent).replace("-", "−")}}`;
    labels.push({ name: "y-factor", text, x: -gap * 0.8, y, align: "right", fontSize: px(fonts.tick * 0.9) });
  }
  return labels;
}

/** `11.5 fb⁻¹ (8 TeV)`, or what there is of it. */
function conditionsText({ lumi, energy }: PlotOptions): string {
  const first = typeof lumi === "number" ? `${lumi} fb^{−1}` : (lumi ?? "");
  const second = typeof energy === "number" ? `${energy} TeV` : (energy ?? "");
  if (first === "") return typeof energy === "number" ? `√s = ${second}` : second;
  return second === "" ? first : `${first} (${second})`;
}

export interface InsideText {
  readonly width: number;
  readonly height: number;
  readonly labels: (align: "left" | "right") => Label[];
}

/** The lines of text inside the frame, at its top. */
export function insideText(options: PlotOptions, width: number, style: Style): InsideText {
  const given = options.text === undefined ? [] : typeof options.text === "string" ? [options.text] : options.text;
  const lines = [...(options.experiment !== undefined && options.title !== undefined ? [options.title] : []), ...given];
  const size = Math.min(
    style.fonts.legend,
    ...lines.map((l) => fitted(l, style.fonts.legend, width - 2 * inset(style))),
  );
  const margin = inset(style);
  return {
    width: Math.max(0, ...lines.map((l) => labelWidth(l, size))),
    height: lines.length * size * 1.3,
    labels: (align) =>
      lines.map((line, i) => ({
        name: `text-${i}`,
        text: cut(line, size, width - 2 * margin),
        x: align === "left" ? margin : width - margin,
        y: margin + size * (1.3 * i + 0.95),
        align,
        fontSize: size,
      })),
  };
}
