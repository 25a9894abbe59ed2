import { expect, test } from "vitest";
import { figureOf } from "../../src/cli/figure-of.ts";
import { type Axis, axis, Hist } from "../../src/hist/index.ts";

const x = axis.regular(2, 0, 2, { name: "x" });
const y = axis.regular(2, 0, 2, { name: "y" });
const region = axis.category("region", { categories: ["low", "high"] });
const cut = axis.category("cut", { categories: ["all", "last"] });

test.each([
  ["one axis", [x], /Entries/],
  ["categories, then numbers: lines with a legend", [region, x], /low[\s\S]*high/],
  ["two numeric axes: cells", [x, y], /y against x/],
  ["numbers, then categories: cells", [x, region], /region against x/],
  ["two of categories: cells", [region, cut], /cut against region/],
] as const)("%s", async (_, axes, text) => {
  const hist = Hist.of(...(axes as readonly Axis[])).fill(
    axes.map((a) => (a.kind === "category" ? a.categories[0]! : 1)),
  );
  const figure = await figureOf(hist, { title: "a title" });
  const svg = await figure!.svg();
  expect(svg).toContain("a title");
  expect(await (await figureOf(hist))!.svg()).toMatch(text);
});

test.each([
  ["no axis", []],
  ["three axes", [region, x, y]],
  ["no categories yet", [axis.category("c"), x]],
] as const)("%s: no figure", async (_, axes) => {
  expect(await figureOf(Hist.of(...(axes as readonly Axis[])))).toBeUndefined();
});
