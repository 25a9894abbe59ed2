import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onInterrupt } from "../../src/cli/interrupt.ts";

const exit = vi.spyOn(process, "exit");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  exit.mockReset();
  exit.mockImplementation(() => undefined as never);
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first Ctrl-C aborts, its echo from npm does nothing, a later one ends at once with 130", () => {
  const say = vi.fn();
  const interruption = onInterrupt(say);
  expect(interruption.signal.aborted).toBe(false);
  process.emit("SIGINT");
  expect(interruption.signal.aborted).toBe(true);
  expect(say).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  process.emit("SIGINT");
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  process.emit("SIGINT");
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  expect(say).toHaveBeenCalledTimes(1);
  interruption.release();
});

test("released, it listens no more", () => {
  const before = process.listenerCount("SIGTERM");
  const interruption = onInterrupt(() => undefined);
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  interruption.release();
  expect(process.listenerCount("SIGTERM")).toBe(before);
  process.emit("SIGTERM");
  expect(interruption.signal.aborted).toBe(false);
});
