import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule } from "vitest/node";

type ShownError = {
  readonly message: string;
  readonly stack?: string;
  readonly diff?: string;
  readonly cause?: unknown;
};

/**
 * Plain output for people and machines: a line for each test file, each failure and each skip with its reason,
 * and at the end `N passed, N failed, N skipped`.
 */
export default class PlainReporter implements Reporter {
  private passed = 0;
  private failed = 0;
  private skipped = 0;

  onTestModuleEnd(module: TestModule): void {
    const tests = [...module.children.allTests()];
    let bad = 0;
    for (const test of tests) bad += this.count(test) ? 0 : 1;
    for (const error of module.errors()) bad += this.fail(module.relativeModuleId, error);
    for (const suite of module.children.allSuites())
      for (const error of suite.errors()) bad += this.fail(`${module.relativeModuleId} > ${suite.fullName}`, error);
    const seconds = (module.diagnostic().duration / 1000).toFixed(1);
    console.log(`${bad > 0 ? "FAIL" : "ok  "} ${module.relativeModuleId} (${tests.length} tests, ${seconds} s)`);
  }

  private count(test: TestCase): boolean {
    const result = test.result();
    if (result.state === "passed") this.passed++;
    else if (result.state === "skipped") {
      this.skipped++;
      console.log(`skipped: ${test.fullName}${result.note === undefined ? "" : ` (${result.note})`}`);
    } else {
      this.failed++;
      for (const error of result.errors ?? []) show(`${test.module.relativeModuleId} > ${test.fullName}`, error);
      return false;
    }
    return true;
  }

  private fail(where: string, error: ShownError): 1 {
    this.failed++;
    show(where, error);
    return 1;
  }

  onUserConsoleLog(log: { content: string; type: "stdout" | "stderr" }): void {
    (log.type === "stderr" ? process.stderr : process.stdout).write(log.content);
  }

  onTestRunEnd(_modules: unknown, unhandled: readonly ShownError[]): void {
    for (const error of unhandled) this.fail("outside any test", error);
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
  }
}

/** The error, its causes and its difference, without the frames of the test runner. */
function show(where: string, error: ShownError): void {
  const lines = [`FAILED ${where}`];
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause !== undefined && cause !== null; depth++) {
    const { stack, message } = cause as Partial<ShownError>;
    const text = stack ?? message ?? String(cause);
    const own = text.split("\n").filter((l) => !/^\s+at .*node_modules\/(vitest|vite|@vitest)\//.test(l));
    lines.push(`${depth > 0 ? "caused by " : ""}${own.join("\n")}`);
    cause = (cause as Partial<ShownError>).cause;
  }
  if (error.diff !== undefined) lines.push(error.diff);
  console.error(stripVTControlCharacters(lines.join("\n")));
}
