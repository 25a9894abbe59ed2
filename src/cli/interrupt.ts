import { exitCodes } from "./exit-code.ts";

/** Ctrl-C and requests to terminate, while something runs that should end in good order. */
export interface Interruption {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Gives the signals back to their default: at once the end of the process. */
  release(): void;
}

/** npm and npx pass a terminal's Ctrl-C on to a child that has had it already: one press within this time, in ms. */
const samePress = 500;

/**
 * The first SIGINT or SIGTERM aborts `signal` and calls `say`; a second one ends the process with 130 at once.
 * Works only while the main thread is free, so no user code may run on it.
 */
export function onInterrupt(say: () => void): Interruption {
  const controller = new AbortController();
  let first: number | undefined;
  const handle = (): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      controller.abort();
      say();
    } else if (now - first > samePress) process.exit(exitCodes.interrupted);
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return {
    signal: controller.signal,
    release() {
      process.off("SIGINT", handle);
      process.off("SIGTERM", handle);
    },
  };
}
