import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { errorText } from "../../src/cli/error-text.ts";
import { CortadoError } from "../../src/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-error-"));
const module_ = join(folder, "met.ts");
writeFileSync(module_, "import x;\n\n    hist.fill(events.METT.pt);\n");

function failure(userLine: string): CortadoError {
  return new CortadoError(
    "UserError",
    "process threw",
    {
      code: "Threw",
      dataset: "data",
      file: "a.parquet",
      start: 0,
      stop: 1500,
      userLine,
      columns: ["Jet_pt", "MET_pt"],
    },
    { cause: new TypeError("events.METT is undefined") },
  );
}

test("an error says where, shows the user's line and names the cause, in few lines", () => {
  const text = errorText(failure(`${module_}:3:22`));
  expect(text.split("\n")).toEqual([
    "UserError: process threw",
    "  dataset  data",
    "  file     a.parquet",
    "  events   0 to 1,500",
    "  columns  Jet_pt, MET_pt",
    `  line     ${module_}:3:22`,
    "             hist.fill(events.METT.pt);",
    "                              ^",
    "  because  TypeError: events.METT is undefined",
  ]);
  expect(errorText(failure(`${pathToFileURL(module_)}:3:22`))).toBe(text);
});

test("a line that cannot be shown is still named", () => {
  expect(errorText(failure("gone.ts:3:22"))).toContain("line     gone.ts:3:22\n");
  expect(errorText(failure(`${module_}:99:1`))).toContain(`${module_}:99:1`);
  expect(errorText(failure("somewhere"))).toContain("somewhere");
});

test("a cause already in the message is not repeated", () => {
  const cause = new Error("no such file");
  const error = new CortadoError("NotFoundError", "a.parquet: no such file", { code: "NoSuchFile" }, { cause });
  expect(errorText(error)).toBe("NotFoundError: a.parquet: no such file");
});

test("an error of usage is only its message; one without a kind shows where it came from", () => {
  expect(errorText(new CortadoError("UsageError", "no", { code: "BadArgument" }))).toBe("no");
  expect(errorText(new RangeError("odd"))).toMatch(
    /^RangeError: odd\n {2}at .*\n {2}\(--verbose shows the whole stack\)$/,
  );
  expect(errorText("thrown text")).toBe("Thrown: thrown text");
});

test("the stacks come only when asked for", () => {
  expect(errorText(failure("x:1:1"))).not.toMatch(/\n\s+at /);
  expect(errorText(failure("x:1:1"), true).match(/\n\s+at /g)?.length).toBeGreaterThan(2);
});
