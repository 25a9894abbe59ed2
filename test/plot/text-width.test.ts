import { expect, test } from "vitest";
import { inTextFace } from "../../src/plot/font-coverage.ts";
import { fontFiles } from "../../src/plot/font-files.ts";
import { textWidth } from "../../src/plot/text-width.ts";
import { readFont } from "../fixtures/plot-ttf.ts";

const [regular, italic, bold, boldItalic] = fontFiles().slice(0, 4).map(readFont);
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

test("widths are those of the fonts", () => {
  for (const c of ascii) {
    for (const font of [regular!, italic!]) expect(Math.abs(textWidth(c, 1000) - font.width(c)), c).toBeLessThan(1);
    for (const font of [bold!, boldItalic!])
      expect(Math.abs(textWidth(c, 1000, "bold") - font.width(c)), c).toBeLessThan(1);
  }
  const greek = "αβγΔμηφχ√→±×≥";
  const exact = [...greek].reduce((sum, c) => sum + regular!.width(c), 0);
  expect(textWidth(greek, 1000) / exact).toBeGreaterThan(0.9);
  expect(textWidth(greek, 1000) / exact).toBeLessThan(1.2);
});

test("every character the text face is said to have is in all of its cuts", () => {
  let covered = 0;
  for (let code = 32; code < 0x2c00; code++) {
    const c = String.fromCodePoint(code);
    if (!inTextFace(c)) continue;
    covered++;
    for (const font of [regular, italic, bold, boldItalic]) expect(font!.has(c), `U+${code.toString(16)}`).toBe(true);
  }
  expect(covered).toBeGreaterThan(1000);
  expect(inTextFace("⊕")).toBe(false);
  expect(readFont(fontFiles()[4]!).has("⊕")).toBe(true);
});
