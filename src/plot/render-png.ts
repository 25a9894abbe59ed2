import { CortadoError } from "../errors.ts";
import { textFamily } from "./font-coverage.ts";
import { fontFiles } from "./font-files.ts";

/**
 * An SVG as a PNG on white, `scale` pixels for one of the SVG. Loads resvg now. Only our own fonts are used, never those
 * of the machine: resvg leaves out text it has no font for without a word, and pictures would differ between machines.
 */
export async function renderPng(
  svg: string,
  scale: number,
  fonts: readonly string[] = fontFiles(),
): Promise<Uint8Array> {
  if (!(scale > 0 && scale <= 16))
    throw new CortadoError("UsageError", `A PNG cannot have scale ${scale}: give a number above 0, at most 16.`, {
      code: "BadArgument",
    });
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: scale },
    font: { loadSystemFonts: false, fontFiles: [...fonts], defaultFontFamily: textFamily, sansSerifFamily: textFamily },
  });
  return image.render().asPng();
}
