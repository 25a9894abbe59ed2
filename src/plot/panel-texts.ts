import type { ExperimentLabels, TextLine } from "./experiment-label.ts";
import { cut, fitted, type Label, labelWidth, smallestPart } from "./labels.ts";
import { px } from "./spec.ts";
import type { Style } from "./style.ts";
import { factorText, type Ticks } from "./ticks.ts";

/** Distance of texts and legend from the frame: clear of the ticks. */
export const inset = (style: Style): number => style.tick.major + style.gap * 0.8;

/** What stands above the frame: experiment and status (or the title) on the left, luminosity and energy on the right. */
export function headLabels(above: ExperimentLabels["above"], width: number, yTicks: Ticks, style: Style): Label[] {
  const { fonts, gap } = style;
  const y = -gap * 0.75;
  const labels: Label[] = [];
  const rightSize = fitted(above.right, px(fonts.tick * 0.98), width);
  const right = cut(above.right, rightSize, width);
  if (right !== "") labels.push({ name: "conditions", text: right, x: width, y, align: "right", fontSize: rightSize });
  const rightWidth = right === "" ? 0 : labelWidth(right, rightSize) + gap * 1.5;
  labels.push(...lineLabels(above.left, 0, y, "left", width - rightWidth, 1));
  if (yTicks.exponent !== 0) {
    const text = factorText(yTicks);
    labels.push({ name: "y-factor", text, x: -gap * 0.8, y, align: "right", fontSize: px(fonts.tick * 0.9) });
  }
  return labels;
}

/** The labels of one line that begins or ends at `x`; what is too wide for `room` is made smaller, then cut. */
function lineLabels(
  line: TextLine,
  x: number,
  y: number,
  align: "left" | "right",
  room: number,
  scale: number,
): Label[] {
  const labels: Label[] = [];
  let start = 0;
  for (const { text, size: whole, ...rest } of line) {
    const left = Math.max(room - start, 0);
    const fontSize = fitted(text, px(whole * scale), left, rest.weight);
    const shown = cut(text, fontSize, left, rest.weight);
    labels.push({ ...rest, text: shown, x: start, y, align: "left", fontSize });
    start += labelWidth(shown, fontSize, rest.weight) + whole * scale * 0.3;
  }
  if (line.length === 1) return labels.map((label) => ({ ...label, x, align }));
  const from = align === "left" ? x : x - (start - (line.at(-1)?.size ?? 0) * scale * 0.3);
  return labels.map((label) => ({ ...label, x: from + label.x }));
}

export interface InsideText {
  readonly width: number;
  readonly height: number;
  readonly labels: (align: "left" | "right") => Label[];
}

const lineHeight = 1.3;

/** The lines of text inside the frame, at its top. */
export function insideText(lines: readonly TextLine[], width: number, style: Style): InsideText {
  const margin = inset(style);
  const room = width - 2 * margin;
  const wide = (line: TextLine): number =>
    line.reduce(
      (sum, piece, i) => sum + labelWidth(piece.text, piece.size, piece.weight) + (i > 0 ? piece.size * 0.35 : 0),
      0,
    );
  const widest = Math.max(0, ...lines.map(wide));
  const scale = Math.min(1, Math.max(smallestPart, room / Math.max(widest, 1)));
  const heights = lines.map((line) => Math.max(...line.map((piece) => piece.size)) * scale * lineHeight);
  return {
    width: Math.min(widest * scale, room),
    height: heights.reduce((a, b) => a + b, 0),
    labels: (align) => {
      let top = margin;
      return lines.flatMap((line, i) => {
        top += heights[i]!;
        const x = align === "left" ? margin : width - margin;
        return lineLabels(line, x, top - heights[i]! * 0.27, align, room, scale);
      });
    },
  };
}
