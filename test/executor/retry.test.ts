import { expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import { backOff, isBadFile, mayPass } from "../../src/executor/retry.ts";

const io = (code: string | undefined, kind: "ReadFailed" | "SourceChanged" = "ReadFailed"): CortadoError =>
  new CortadoError(
    "IoError",
    "",
    { code: kind },
    { cause: code === undefined ? undefined : Object.assign(new Error(), { code }) },
  );

test("only what may pass by itself is tried again", () => {
  expect(["EIO", "ETIMEDOUT", "ESTALE", "EMFILE", "EBUSY"].map((code) => mayPass(io(code)))).toEqual(
    new Array(5).fill(true),
  );
  expect(["EACCES", "EISDIR", undefined].map((code) => mayPass(io(code)))).toEqual([false, false, false]);
  expect(mayPass(io("EIO", "SourceChanged"))).toBe(false);
  expect(mayPass(new CortadoError("FormatError", "", { code: "NotParquet" }))).toBe(false);
});

test("what concerns a file may be skipped, what the analysis does may not, whatever caused it", () => {
  const format = new CortadoError("FormatError", "", { code: "CorruptPage" });
  expect([io("EIO"), format, new Error("", { cause: format })].map(isBadFile)).toEqual([true, true, true]);
  const user = new CortadoError("UserError", "", { code: "Threw" }, { cause: format });
  const column = new CortadoError("MissingColumnError", "", { code: "UnknownColumn", column: "", nearest: [] });
  expect([user, new Error("", { cause: user }), column, new Error()].map(isBadFile)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("waits double, and end when the run is cancelled", async () => {
  const rules = { attempts: 4, delay: 0.02 };
  const began = performance.now();
  await backOff(rules, 3, undefined);
  expect(performance.now() - began).toBeGreaterThan(18);
  const cancelled = performance.now();
  await backOff({ attempts: 4, delay: 100 }, 2, AbortSignal.timeout(10));
  expect(performance.now() - cancelled).toBeLessThan(5000);
});
