import { expect, test } from "vitest";
import { exitCodeOf } from "../../src/cli/exit-code.ts";
import { CortadoError } from "../../src/errors.ts";

test("2 is for what cannot be carried out as given, 1 for what failed on the way", () => {
  expect(exitCodeOf(new CortadoError("UsageError", "", { code: "BadProcessor" }))).toBe(2);
  expect(exitCodeOf(new CortadoError("NotFoundError", "", { code: "NoSuchFile" }))).toBe(2);
  expect(exitCodeOf(new CortadoError("FormatError", "", { code: "NotParquet" }))).toBe(2);
  expect(exitCodeOf(new CortadoError("FormatError", "", { code: "CorruptPage" }))).toBe(1);
  expect(exitCodeOf(new CortadoError("UserError", "", { code: "Threw" }))).toBe(1);
  expect(
    exitCodeOf(new CortadoError("MissingColumnError", "", { code: "UnknownColumn", column: "x", nearest: [] })),
  ).toBe(1);
  expect(exitCodeOf(new Error("anything"))).toBe(1);
  expect(exitCodeOf(undefined)).toBe(1);
});
