/** Vega-Lite as plain data. Specs use only what versions 5.6 and 6 both know. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** One entry of a `layer`. */
export type Layer = JsonObject;

/**
 * Who will draw: "static" is our own SVG, whose texts are mini-TeX and whose hatches are patterns that are put in after
 * Vega has drawn; "interactive" is any Vega-Lite viewer, which gets Unicode texts and a translucent grey instead.
 */
export type Medium = "static" | "interactive";

/** The fill that the SVG post-pass knows as hatching. */
export const hatchFill = "url(#hatch)";

/** An encoding of a pixel position inside the frame, beside the scales of the data. */
export function pixels(field: string): JsonObject {
  return { field, type: "quantitative", scale: null };
}

/** Rounded to hundredths of a pixel: specs stay short and equal between machines. */
export const px = (value: number): number => Math.round(value * 100) / 100;
