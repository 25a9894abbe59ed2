import fc from "fast-check";
import { expect, test } from "vitest";
import { parseText, plainText } from "../../src/plot/mini-tex.ts";

const shape = (source: string): string =>
  parseText(source)
    .map((r) => `${r.level === 1 ? "^" : r.level === -1 ? "_" : ""}${r.overline ? "~" : ""}[${r.text}]`)
    .join("");

test.each([
  ["MET [GeV]", "[MET [GeV]]"],
  ["p_T", "[p]_[T]"],
  ["Jet p_T [GeV]", "[Jet p]_[T][ [GeV]]"],
  ["$p_T$ [GeV]", "[p]_[T][ [GeV]]"],
  ["m_{jj}^{2}", "[m]_[jj]^[2]"],
  ["fb^{-1}", "[fb]^[-1]"],
  ["GeV^2", "[GeV]^[2]"],
  ["10^{−3}", "[10]^[−3]"],
  ["#mu^{+}#mu^{-}", "[μ]^[+][μ]^[-]"],
  ["\\Delta\\eta", "[Δη]"],
  ["t\\bar{t}", "[t]~[t]"],
  ["\\sqrt{s} = 13 TeV", "[√]~[s][ = 13 TeV]"],
  ["Jet_pt", "[Jet_pt]"],
  ["a_b_c", "[a_b_c]"],
  ["unclosed^{2", "[unclosed^{2]"],
  ["#1 jet, 5 $", "[#1 jet, 5 $]"],
  ["\\unknown{x}", "[\\unknown{x}]"],
  ["50\\%", "[50%]"],
  ["$\\mathrm{H}_{\\mathrm{T}}$", "[H]_[T]"],
  ["{a}", "[{a}]"],
])("%s", (source, expected) => {
  expect(shape(source)).toBe(expected);
});

test("the plain form is Unicode as far as it goes", () => {
  expect(plainText("10^{-3} fb^{-1}")).toBe("10⁻³ fb⁻¹");
  expect(plainText("p_T")).toBe("pT");
  expect(plainText("x_{12}")).toBe("x₁₂");
  expect(plainText("#chi^{2} \\to #mu")).toBe("χ² → μ");
});

test("no text makes it throw, and text without markup stays", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (s) => void parseText(s)));
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9 .,;:()<>&'"]*$/), (s) => {
      expect(plainText(s)).toBe(s);
    }),
  );
});
