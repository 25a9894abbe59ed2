import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Clock, type ProgressStream, showProgress } from "../../src/cli/progress.ts";
import { advance, initialState, view } from "../../src/cli/progress-state.ts";
import type { Progress } from "../../src/executor/index.ts";

/** A clock that moves only when told; ticks fall due in order. */
class FakeClock implements Clock {
  private time = 1_000_000;
  private readonly timers = new Set<{ ms: number; due: number; tick: () => void }>();
  now(): number {
    return this.time;
  }
  every(ms: number, tick: () => void): () => void {
    const timer = { ms, due: this.time + ms, tick };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.timers].filter((t) => t.due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.time = next.due;
      next.due += next.ms;
      next.tick();
    }
    this.time = end;
  }
  get running(): number {
    return this.timers.size;
  }
}

class Screen implements ProgressStream {
  written = "";
  readonly isTTY: boolean;
  readonly columns: number;
  constructor(isTTY: boolean, columns = 100) {
    this.isTTY = isTTY;
    this.columns = columns;
  }
  write(text: string): void {
    this.written += text;
  }
  /** The last drawing, without colours. */
  get line(): string {
    return stripVTControlCharacters(this.written.split("\r").at(-1)!);
  }
  get lines(): string[] {
    return this.written.split("\n").slice(0, -1);
  }
}

const range = { dataset: "d", filename: "f", start: 0, stop: 1 };
const chunk = (eventsDone: number, events: number, more: Partial<Progress> = {}): Progress =>
  ({
    kind: "chunk",
    range,
    chunksDone: 1,
    chunks: 4,
    eventsDone,
    events,
    bytesread: eventsDone * 10,
    retries: 0,
    failures: 0,
    ...more,
  }) as Progress;
const start = (events: number): Progress => ({ kind: "start", chunks: 4, events, workers: 2 });
const error = { name: "Error", message: "m" };

test("on a terminal the bar is there at once and tells every phase", () => {
  const clock = new FakeClock();
  const screen = new Screen(true);
  const display = showProgress({ title: "q5", stream: screen, clock });
  expect(screen.line).toMatch(/^q5 . starting {2}0\.0 s$/);
  display.onProgress({ kind: "open", done: 3, files: 12 });
  clock.pass(100);
  expect(screen.line).toMatch(/^q5 . reading footers 3\/12 files {2}0\.1 s$/);
  display.onProgress({ kind: "probe", replays: 2, columns: ["MET_pt", "Muon_pt"] });
  clock.pass(100);
  expect(screen.line).toMatch(/^q5 . finding columns \(2 so far\) {2}0\.2 s$/);
  display.onProgress(start(200_000));
  clock.pass(100);
  expect(screen.line).toMatch(/^q5 ─+ {3}0 % {2}0\/200,000 events$/);
  clock.pass(900);
  display.onProgress(chunk(50_000, 200_000));
  clock.pass(1000);
  expect(screen.line).toMatch(/^q5 ━+─+ {2}25 % {2}50,000\/200,000 events {2}25\.0 k\/s {2}500 kB {2}6\.0 s left$/);
  display.onProgress({ kind: "retry", range, error });
  display.onProgress({ kind: "fail", range, error });
  clock.pass(100);
  expect(screen.line).toMatch(/1 retry, 1 failed$/);
  display.onProgress(chunk(200_000, 200_000));
  clock.pass(100);
  expect(screen.line).toMatch(/100 % {2}200,000\/200,000 events.* merging/);
  display.close();
  expect(screen.line).toBe("");
  expect(clock.running).toBe(0);
  const before = screen.written;
  display.onProgress(chunk(1, 2));
  display.close();
  expect(screen.written).toBe(before);
});

test("the bar never wraps, however narrow the terminal", () => {
  for (const width of [1, 10, 20, 40, 60, 80, 200]) {
    const clock = new FakeClock();
    const screen = new Screen(true, width);
    const display = showProgress({ title: "processors/ttbar.ts", stream: screen, clock });
    for (const event of [start(200_000), chunk(50_000, 200_000), { kind: "fail", range, error } as Progress]) {
      display.onProgress(event);
      clock.pass(500);
      expect([...screen.line].length).toBeLessThan(Math.max(1, width));
    }
  }
});

test("elsewhere: one plain line at the start, one every ten seconds, one at the end, no control codes", () => {
  const clock = new FakeClock();
  const screen = new Screen(false);
  const display = showProgress({ title: "q5", stream: screen, clock });
  expect(screen.written).toBe("");
  display.onProgress({ kind: "open", done: 1, files: 1 });
  display.onProgress(start(400));
  expect(screen.lines).toEqual(["q5: 0 of 400 events (0 %), 2 workers, 0.0 s"]);
  clock.pass(5000);
  display.onProgress(chunk(100, 400));
  expect(screen.lines.length).toBe(1);
  clock.pass(20_000);
  expect(screen.lines.slice(1)).toEqual([
    "q5: 100 of 400 events (25 %), 10/s, 1.00 kB read, 10 s, 30 s left",
    "q5: 100 of 400 events (25 %), 5/s, 1.00 kB read, 20 s, 1 min 00 s left",
  ]);
  display.onProgress(chunk(400, 400));
  display.close();
  expect(screen.lines.at(-1)).toBe("q5: 400 of 400 events (100 %), 16/s, 4.00 kB read, 25 s");
  expect(screen.written).not.toContain("\x1b");
  expect(screen.written).not.toContain("\r");
});

test("a job of several runs has one bar over all of them", () => {
  const clock = new FakeClock();
  const screen = new Screen(true);
  const display = showProgress({ stream: screen, clock, parts: 8 });
  for (let i = 0; i < 2; i++) {
    display.title(`q${i + 1}`);
    display.onProgress(start(1000));
    clock.pass(1000);
    display.onProgress(chunk(1000, 1000));
    display.onProgress({ kind: "end", status: "complete" });
  }
  display.title("q3");
  display.onProgress({ kind: "open", done: 0, files: 1 });
  clock.pass(100);
  expect(screen.line).toMatch(/^q3 .* 25 % {2}2,000\/8,000 events {2}1\.00 k\/s {2}20\.0 kB {2}6\.0 s left/);
});

test("a message goes above the bar", () => {
  const clock = new FakeClock();
  const screen = new Screen(true);
  const display = showProgress({ title: "q5", stream: screen, clock });
  display.say("skipped b.parquet");
  expect(screen.written).toContain("\r\x1b[2Kskipped b.parquet\n");
  expect(screen.line).toMatch(/^q5 /);
});

test("whatever comes in whatever order: fraction in 0…1, ETA never negative", () => {
  const event: fc.Arbitrary<Progress> = fc.oneof(
    fc.record({ kind: fc.constant("open" as const), done: fc.nat(9), files: fc.nat(9) }),
    fc.record({
      kind: fc.constant("probe" as const),
      replays: fc.nat(9),
      columns: fc.array(fc.string(), { maxLength: 3 }),
    }),
    fc.nat(10_000).map(start),
    fc.tuple(fc.nat(10_000), fc.nat(10_000), fc.nat(5)).map(([done, all, retries]) => chunk(done, all, { retries })),
    fc.constantFrom("retry" as const, "skip" as const, "fail" as const).map((kind) => ({ kind, range, error })),
    fc.constant({ kind: "end" as const, status: "complete" as const }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(event, fc.integer({ min: -5, max: 3000 }))),
      fc.integer({ min: 1, max: 4 }),
      (steps, parts) => {
        let now = 0;
        let state = initialState("", now, parts);
        for (const [e, pause] of steps) {
          now += pause;
          state = advance(state, e, now);
          const v = view(state, now);
          if (v.fraction !== undefined) {
            expect(v.fraction).toBeGreaterThanOrEqual(0);
            expect(v.fraction).toBeLessThanOrEqual(1);
          }
          if (v.eta !== undefined) expect(v.eta).toBeGreaterThanOrEqual(0);
          expect(v.elapsed).toBeGreaterThanOrEqual(0);
          expect(v.rate ?? 0).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});

test("a chunk that is retried counts once", () => {
  let state = initialState("", 0);
  for (const e of [
    start(100),
    chunk(40, 100),
    { kind: "retry", range, error } as Progress,
    chunk(100, 100, { retries: 1 }),
  ])
    state = advance(state, e, 10);
  expect(state).toMatchObject({ eventsDone: 100, retries: 1 });
  expect(view(state, 10).fraction).toBe(1);
});
