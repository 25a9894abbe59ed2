import { expect, test } from "vitest";
import { columnNames } from "../../src/cli/column-names.ts";

test("shared prefixes are written once", () => {
  expect(columnNames(["MET_pt", "Muon_charge", "Muon_eta", "event", "run"])).toBe("MET_pt Muon_{charge,eta} event run");
  expect(columnNames(["HLT_Iso_Mu24", "HLT_Mu50", "_x"])).toBe("HLT_{Iso_Mu24,Mu50} _x");
  expect(columnNames([])).toBe("");
});
