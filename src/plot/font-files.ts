import { createRequire } from "node:module";
import { CortadoError } from "../errors.ts";

const faces = [
  "@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf",
  "@expo-google-fonts/arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf",
  "@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf",
  "@expo-google-fonts/arimo/700Bold_Italic/Arimo_700Bold_Italic.ttf",
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
];

/** Paths of the TTF files the figures are set in: text face in four cuts, symbol face. Throws NotFoundError. */
export function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return faces.map((face) => {
    try {
      return resolve(face);
    } catch (cause) {
      const message = `The font ${face} is not installed; without it a PNG would have no texts. Install the package's dependencies again.`;
      throw new CortadoError("NotFoundError", message, { code: "NoSuchFile", file: face }, { cause });
    }
  });
}
