import type { Reporter, TestCase, TestModule } from "vitest/node";

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
    for (const error of module.errors()) {
      bad++;
      this.failed++;
      console.error(`FAILED ${module.relativeModuleId}\n${error.stack ?? error.message}`);
    }
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
      for (const error of result.errors ?? [])
        console.error(
          `FAILED ${test.module.relativeModuleId} > ${test.fullName}\n${error.stack ?? error.message}\n${error.diff ?? ""}`,
        );
      return false;
    }
    return true;
  }

  onUserConsoleLog(log: { content: string; type: "stdout" | "stderr" }): void {
    (log.type === "stderr" ? process.stderr : process.stdout).write(log.content);
  }

  onTestRunEnd(_modules: unknown, unhandled: readonly { message: string; stack?: string }[]): void {
    for (const error of unhandled) {
      this.failed++;
      console.error(`FAILED outside any test: ${error.stack ?? error.message}`);
    }
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
  }
}
