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
  readonly align: "left" | "right" | "center";
  readonly fontSize: number;
  readonly weight?: "bold";
  readonly italic?: boolean;
  readonly colour?: string;
  /** In degrees, clockwise. */
  readonly angle?: number;
}

/** The width a text will have, its markup applied. */
export function labelWidth(text: string, fontSize: number, weight: "regular" | "bold" = "regular"): number {
  return textWidth(plainText(text), fontSize, weight);
}

/** Letters are never made smaller than this part of their size: they would not be readable on a slide. */
export const smallestPart = 0.75;

/** The font size, at most `size` and at least three quarters of it, at which a text fits into `room` pixels. */
export function fitted(text: string, size: number, room: number, weight: "regular" | "bold" = "regular"): number {
  return px(size * Math.min(1, Math.max(smallestPart, room / Math.max(labelWidth(text, size, weight), 1))));
}

/** `text`, cut with an ellipsis if it is wider than `room` at this size. */
export function cut(text: string, size: number, room: number, weight: "regular" | "bold" = "regular"): string {
  if (labelWidth(text, size, weight) <= room * 1.001) return text;
  const characters = [...plainText(text)];
  while (characters.length > 1 && labelWidth(`${characters.join("")}…`, size, weight) > room) characters.pop();
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
  if (label.angle !== undefined) mark["angle"] = label.angle;
  if (label.italic === true) mark["fontStyle"] = "italic";
  const text = medium === "static" ? label.text : plainText(label.text);
  return {
    name: label.name,
    data: { values: [{ x: px(label.x), y: px(label.y), text }] },
    mark,
    encoding: { x: pixels("x"), y: pixels("y"), text: { field: "text" } },
  };
}
