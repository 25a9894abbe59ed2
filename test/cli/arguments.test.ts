import { expect, test } from "vitest";
import { type CommandForm, helpText, parseArguments } from "../../src/cli/arguments.ts";
import { isCortadoError } from "../../src/errors.ts";

const options = {
  workers: { type: "integer", value: "N", min: 0, help: "worker threads" },
  out: { type: "text", value: "DIR", help: "output folder\nsecond line" },
  json: { type: "flag", help: "JSON" },
} as const;
const form: CommandForm<typeof options> = {
  name: "brew",
  operands: "BEANS MILK...",
  takes: [2, 3],
  summary: "Brews.",
  examples: [["cortado brew arabica oat", "one small one"]],
  options,
};

test("options and operands in any order", () => {
  expect(parseArguments(form, ["a", "--workers", "0", "b", "--json", "--out=x y"])).toEqual({
    operands: ["a", "b"],
    options: { workers: 0, out: "x y", json: true, verbose: false, help: false },
  });
  expect(parseArguments(form, ["--", "--json", "b"]).operands).toEqual(["--json", "b"]);
  expect(parseArguments(form, ["a", "b", "--workers=1e3"]).options.workers).toBe(1000);
});

function refusal(...argv: string[]): string {
  try {
    parseArguments(form, argv);
  } catch (error) {
    if (isCortadoError(error, "UsageError")) return error.message;
    throw error;
  }
  throw new Error("was accepted");
}

test("what cannot be read is refused, saying what is there", () => {
  expect(refusal("a", "b", "--worker", "2")).toBe(
    "there is no option --worker. Nearest: --workers.\nSee: cortado brew --help",
  );
  expect(refusal("a", "b", "-w")).toMatch(/^there is no option -w\./);
  expect(refusal("a", "b", "--constructor")).toMatch(/^there is no option --constructor\./);
  expect(refusal("a", "b", "--out")).toMatch(/^--out needs a value: --out DIR/);
  expect(refusal("a", "b", "--out", "--json")).toMatch(/^--out needs a value: --out DIR/);
  expect(refusal("a", "b", "--json=yes")).toMatch(/^--json takes no value/);
  for (const bad of ["two", "1.5", "-1", "1e400", "0x10", ""])
    expect(refusal("a", "b", `--workers=${bad}`)).toMatch(/^--workers (takes a whole number from 0 up|needs a value)/);
  expect(refusal("a", "b", "--workers", "-1")).toMatch(/takes a whole number from 0 up, not "-1"/);
  expect(refusal("a")).toMatch(/^something is missing: cortado brew BEANS MILK\.\.\./);
  expect(refusal("a", "b", "c", "d")).toMatch(/^do not know what to do with "d"/);
});

test("--help wins over anything wrong beside it", () => {
  expect(parseArguments(form, ["--help", "--nonsense", "--workers", "x"]).options.help).toBe(true);
  expect(parseArguments(form, ["-h"]).options.help).toBe(true);
});

test("help shows examples, then every option", () => {
  const text = helpText(form);
  expect(text.indexOf("cortado brew arabica oat")).toBeLessThan(text.indexOf("--workers N"));
  for (const name of ["--workers N", "--out DIR", "--json", "--verbose", "--help"]) expect(text).toContain(name);
  expect(text).toMatch(/output folder\n {15,}second line/);
});
