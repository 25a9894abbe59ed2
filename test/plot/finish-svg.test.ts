import { expect, test } from "vitest";
import { finishSvg, withOwnIds } from "../../src/plot/finish-svg.ts";

const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="10">${inside}</svg>`;
const text = (content: string): string =>
  finishSvg(svg(`<text font-size="20px">${content}</text>`), "d").match(/<text [^>]*>(.*)<\/text>/)![1]!;

test("mini-TeX becomes tspans that return to the line", () => {
  expect(text("p_T")).toBe('p<tspan dy="4" font-size="14px">T</tspan>');
  expect(text("10^{2} GeV")).toBe('10<tspan dy="-7.2" font-size="14px">2</tspan><tspan dy="7.2"> GeV</tspan>');
  expect(text("\\bar{t}")).toBe('<tspan text-decoration="overline">t</tspan>');
  expect(text("plain")).toBe("plain");
});

test("what was escaped stays escaped", () => {
  expect(text("a &lt; b &amp; c")).toBe("a &lt; b &amp; c");
  expect(text("&lt;script&gt;_{&lt;}")).toBe('&lt;script&gt;<tspan dy="4" font-size="14px">&lt;</tspan>');
  expect(finishSvg(svg(""), 'a "quoted" <title>')).toContain("<title>a &quot;quoted&quot; &lt;title&gt;</title>");
});

test("hatching has its pattern, and ids are the figure's own", () => {
  const hatched = finishSvg(svg('<clipPath id="clip1"/><path clip-path="url(#clip1)" fill="url(#hatch)"/>'), "d");
  const ids = [...hatched.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!);
  const used = [...hatched.matchAll(/url\(#([^)]+)\)/g)].map((m) => m[1]!);
  expect(ids).toHaveLength(2);
  for (const name of used) expect(ids).toContain(name);
  for (const name of ids) expect(name).toMatch(/^f[0-9a-f]{8}-/);
  expect(finishSvg(svg("<path/>"), "d")).not.toContain("pattern");
});

test("another prefix moves ids and references together, once", () => {
  const moved = withOwnIds('<a id="x"/><b fill="url(#x)" href="#x"/>', "p-");
  expect(moved).toBe('<a id="p-x"/><b fill="url(#p-x)" href="#p-x"/>');
  expect(withOwnIds(moved, "p-")).toBe(moved);
});
