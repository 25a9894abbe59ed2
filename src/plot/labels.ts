/** Texts around and in the frame: experiment, luminosity and energy, what is shown, what is not. */
import { plainText } from "./mini-tex.ts";
import { type Json, type Layer, type Medium, pixels, px } from "./spec.ts";
import { textWidth } from "./text-width.ts";

export interface Label {
  readonly name: string;
  readonly text: string;
  /** Pixels from the upper left corner of the frame; `y` is the base line. */
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "right";
  readonly fontSize: number;
  readonly weight?: "bold";
  readonly italic?: boolean;
  readonly colour?: string;
}

/** The width a text will have, its markup applied. */
export function labelWidth(text: string, fontSize: number, weight: "regular" | "bold" = "regular"): number {
  return textWidth(plainText(text), fontSize, weight);
}

/** The font size, at most `size` and at least half of it, at which a text fits into `room` pixels. */
export function fitted(text: string, size: number, room: number): number {
  return px(size * Math.min(1, Math.max(0.5, room / Math.max(labelWidth(text, size), 1))));
}

/** `text`, cut with an ellipsis if it is wider than `room` at this size. */
export function cut(text: string, size: number, room: number): string {
  if (labelWidth(text, size) <= room) return text;
  const characters = [...plainText(text)];
  while (characters.length > 1 && labelWidth(`${characters.join("")}…`, size) > room) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

export function labelLayer(label: Label, medium: Medium): Layer {
  const mark: { [key: string]: Json } = {
    type: "text",
    align: label.align,
    baseline: "alphabetic",
    fontSize: label.fontSize,
    color: label.colour ?? "black",
  };
  if (label.weight !== undefined) mark["fontWeight"] = label.weight;
  if (label.italic === true) mark["fontStyle"] = "italic";
  const text = medium === "static" ? label.text : plainText(label.text);
  return {
    name: label.name,
    data: { values: [{ x: px(label.x), y: px(label.y), text }] },
    mark,
    encoding: { x: pixels("x"), y: pixels("y"), text: { field: "text" } },
  };
}
