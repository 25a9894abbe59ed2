/**
 * How wide a text will be, without a canvas. Widths are those of Arimo (and Helvetica, Arial, Liberation Sans, which
 * share them) in thousandths of the font size; italics are as wide as upright letters.
 */

const first = 0x20;
// biome-ignore format: one row per 16 characters, from U+0020
const regular = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
// biome-ignore format: one row per 16 characters, from U+0020
const bold = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
  975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
  333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
  611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
/** Greek and symbols: an average that is never far off; wide for anything else, so that nothing is clipped. */
const other = 600;
const widest = 1000;

/** Advance width of `text` in the units of `fontSize`. Characters outside ASCII count 0.6 to 1 of the font size. */
export function textWidth(text: string, fontSize: number, weight: "regular" | "bold" = "regular"): number {
  const table = weight === "bold" ? bold : regular;
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    sum += table[code - first] ?? (code < 0x2c00 ? other : widest);
  }
  return (sum * fontSize) / 1000;
}
