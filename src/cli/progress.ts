import type { Progress } from "../executor/index.ts";
import { advance, initialState, type ProgressState, view } from "./progress-state.ts";
import { bytes, count, duration, plural, si } from "./quantity.ts";

/** Time as the display sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Calls `tick` every `ms` until the returned function is called. Never keeps the process alive. */
  every(ms: number, tick: () => void): () => void;
}

/** The part of a terminal stream the display uses. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A display of progress; pass `onProgress` to `run`. */
export interface ProgressDisplay {
  readonly onProgress: (event: Progress) => void;
  /** Names what runs next, in a job of several runs. */
  title(text: string): void;
  /** Writes a line without disturbing the bar. */
  say(line: string): void;
  /** Ends the display: clears the bar, or writes a last plain line if there was one. Later calls do nothing. */
  close(): void;
}

export interface ProgressOptions {
  readonly title?: string;
  /** Runs the display covers, one bar over all of them. Default 1. */
  readonly parts?: number;
  /** Default: standard error. */
  readonly stream?: ProgressStream;
  readonly clock?: Clock;
}

/** Milliseconds between two drawings of the bar, and between two plain lines. */
const frame = 100;
const plainInterval = 10_000;

/**
 * Shows progress on `stream`: on a terminal one bar that is redrawn in place, from the first moment on; elsewhere plain
 * lines without control codes: one when chunks start, one every 10 seconds, one at the end.
 */
export function showProgress(options: ProgressOptions = {}): ProgressDisplay {
  const stream = options.stream ?? process.stderr;
  const clock = options.clock ?? systemClock;
  let state = initialState(options.title ?? "", clock.now(), options.parts ?? 1);
  let open = true;
  const terminal = stream.isTTY === true && process.env["TERM"] !== "dumb";
  let drawn = clock.now();
  const draw = (): void => {
    drawn = clock.now();
    stream.write(`\r\x1b[2K${barLine(state, clock.now(), stream.columns ?? 80)}`);
  };
  const plain = (): void => {
    announced = true;
    stream.write(`${plainLine(state, clock.now())}\n`);
  };
  let announced = false;
  const stop = terminal ? clock.every(frame, draw) : clock.every(plainInterval, plain);
  if (terminal) draw();
  return {
    onProgress(event) {
      if (!open) return;
      state = advance(state, event, clock.now());
      if (terminal && clock.now() - drawn >= frame) draw();
      if (!terminal && event.kind === "start" && !announced) plain();
    },
    title(text) {
      state = { ...state, title: text };
      if (terminal && open) draw();
    },
    say(line) {
      stream.write(terminal && open ? `\r\x1b[2K${line}\n` : `${line}\n`);
      if (terminal && open) draw();
    },
    close() {
      if (!open) return;
      open = false;
      stop();
      if (terminal) stream.write("\r\x1b[2K");
      else if (announced) plain();
    },
  };
}

const systemClock: Clock = {
  now: () => performance.now(),
  every(ms, tick) {
    const timer = setInterval(tick, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

const colour = { bar: "\x1b[36m", dim: "\x1b[2m", bad: "\x1b[31m", reset: "\x1b[0m" };

/** One line for a terminal `width` characters wide: the bar takes what the numbers leave. */
export function barLine(state: ProgressState, now: number, width: number): string {
  const v = view(state, now);
  const title = state.title === "" ? "" : `${state.title} `;
  const trouble = troubles(state);
  if (v.fraction === undefined || v.events === undefined) {
    const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[Math.floor(v.elapsed * 10) % 10]!;
    return clip(
      [{ text: `${title}${spinner} ${waitingFor(state)}  ` }, { text: duration(v.elapsed), style: "dim" }],
      width,
    );
  }
  const parts: Piece[] = [
    { text: ` ${String(Math.floor(v.fraction * 100)).padStart(3)} %` },
    { text: `  ${count(v.eventsDone)}/${count(v.events)} events` },
    { text: v.rate === undefined ? "" : `  ${si(v.rate)}/s` },
    { text: v.bytesread > 0 ? `  ${bytes(v.bytesread)}` : "" },
    { text: state.parts > 1 || waitingFor(state) === "" ? "" : `  ${waitingFor(state)}`, style: "dim" },
    { text: v.eta === undefined || state.phase === "done" ? "" : `  ${duration(v.eta)} left`, style: "dim" },
    { text: trouble === "" ? "" : `  ${trouble}`, style: "bad" },
  ];
  const used = parts.reduce((n, p) => n + p.text.length, title.length);
  const room = Math.min(40, width - 1 - used);
  const bar: Piece[] = room >= 8 ? barPieces(v.fraction, room) : [];
  return clip([{ text: title }, ...bar, ...parts], width);
}

interface Piece {
  readonly text: string;
  readonly style?: keyof typeof colour;
}

function barPieces(fraction: number, cells: number): Piece[] {
  const full = Math.floor(fraction * cells);
  return [
    { text: "━".repeat(full), style: "bar" },
    { text: "─".repeat(cells - full), style: "dim" },
  ];
}

function clip(pieces: readonly Piece[], width: number): string {
  let left = Math.max(0, width - 1);
  let line = "";
  for (const { text, style } of pieces) {
    const shown = [...text].slice(0, left).join("");
    left -= [...shown].length;
    if (shown !== "") line += style === undefined ? shown : `${colour[style]}${shown}${colour.reset}`;
  }
  return line;
}

/** One line without control codes, for logs. */
export function plainLine(state: ProgressState, now: number): string {
  const v = view(state, now);
  const title = state.title === "" ? "" : `${state.title}: `;
  const trouble = troubles(state);
  const tail = trouble === "" ? "" : `, ${trouble}`;
  if (v.fraction === undefined || v.events === undefined)
    return `${title}${waitingFor(state)}, ${duration(v.elapsed)}${tail}`;
  const facts = [
    `${count(v.eventsDone)} of ${count(v.events)} events (${Math.floor(v.fraction * 100)} %)`,
    v.rate === undefined ? undefined : `${si(v.rate)}/s`,
    v.bytesread > 0 ? `${bytes(v.bytesread)} read` : undefined,
    state.phase === "running" && v.eventsDone === 0 && state.workers > 0 ? plural(state.workers, "worker") : undefined,
    duration(v.elapsed),
    v.eta === undefined || v.fraction >= 1 || state.phase === "done" ? undefined : `${duration(v.eta)} left`,
  ];
  return `${title}${facts.filter((f) => f !== undefined).join(", ")}${tail}`;
}

function waitingFor(state: ProgressState): string {
  if (state.phase === "opening") return `reading footers ${count(state.opened)}/${plural(state.files, "file")}`;
  if (state.phase === "probing")
    return `finding columns${state.columns > 0 ? ` (${count(state.columns)} so far)` : ""}`;
  if (state.phase === "running") return state.events > 0 && state.eventsDone >= state.events ? "merging" : "";
  return state.phase === "done" ? "" : "starting";
}

function troubles(state: ProgressState): string {
  const found: string[] = [];
  if (state.retries > 0) found.push(state.retries === 1 ? "1 retry" : `${state.retries} retries`);
  if (state.skipped > 0) found.push(`${state.skipped} skipped`);
  if (state.failures > 0) found.push(`${state.failures} failed`);
  return found.join(", ");
}
