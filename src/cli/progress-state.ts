import type { Progress } from "../executor/index.ts";

/** What is known about a job of one or several runs, as far as their progress events tell. Plain data. */
export interface ProgressState {
  readonly title: string;
  readonly phase: "starting" | "opening" | "probing" | "running" | "done";
  /** Runs in the job, and how many of them are finished. */
  readonly parts: number;
  readonly partsDone: number;
  /** Files opened of all, while opening. */
  readonly opened: number;
  readonly files: number;
  /** Columns found so far, while probing. */
  readonly columns: number;
  /** Of the present run. */
  readonly events: number;
  readonly eventsDone: number;
  readonly bytesread: number;
  /** Of the finished runs. */
  readonly earlier: { readonly events: number; readonly bytesread: number; readonly milliseconds: number };
  readonly retries: number;
  readonly failures: number;
  readonly skipped: number;
  readonly workers: number;
  /** Clock times in ms: begin of the job, begin of the present run's chunks. */
  readonly began: number;
  readonly started: number;
}

export function initialState(title: string, now: number, parts = 1): ProgressState {
  return {
    title,
    phase: "starting",
    parts,
    partsDone: 0,
    opened: 0,
    files: 0,
    columns: 0,
    events: 0,
    eventsDone: 0,
    bytesread: 0,
    earlier: { events: 0, bytesread: 0, milliseconds: 0 },
    retries: 0,
    failures: 0,
    skipped: 0,
    workers: 0,
    began: now,
    started: now,
  };
}

/** The state after one more progress event at clock time `now`. Pure. */
export function advance(state: ProgressState, event: Progress, now: number): ProgressState {
  switch (event.kind) {
    case "open":
      return { ...state, phase: "opening", opened: event.done, files: event.files };
    case "probe":
      return { ...state, phase: "probing", columns: event.columns.length };
    case "start":
      return { ...state, phase: "running", events: event.events, workers: event.workers, started: now };
    case "chunk":
      return {
        ...state,
        phase: "running",
        events: event.events,
        eventsDone: event.eventsDone,
        bytesread: event.bytesread,
        retries: Math.max(state.retries, event.retries),
        failures: Math.max(state.failures, event.failures),
      };
    case "retry":
      return { ...state, retries: state.retries + 1 };
    case "fail":
      return { ...state, failures: state.failures + 1 };
    case "skip":
      return { ...state, skipped: state.skipped + 1 };
    case "end":
      // What did not finish stays as it is: the rest of its events will not come.
      if (event.status !== "complete") return { ...state, phase: "done" };
      return {
        ...state,
        phase: "done",
        partsDone: Math.min(state.parts, state.partsDone + 1),
        events: 0,
        eventsDone: 0,
        bytesread: 0,
        earlier: {
          events: state.earlier.events + state.eventsDone,
          bytesread: state.earlier.bytesread + state.bytesread,
          milliseconds: state.earlier.milliseconds + Math.max(0, now - state.started),
        },
      };
  }
}

/** What a display shows of a state at clock time `now`. */
export interface ProgressView {
  /** 0 to 1 over all parts; undefined until the number of events is known. */
  readonly fraction: number | undefined;
  readonly eventsDone: number;
  /** Over all parts, the coming ones taken to be as long as the present one; undefined until known. */
  readonly events: number | undefined;
  readonly bytesread: number;
  /** Events per second while chunks ran; undefined until a chunk is done. */
  readonly rate: number | undefined;
  /** Seconds left, never negative; undefined until a chunk is done. */
  readonly eta: number | undefined;
  /** Seconds since the job began. */
  readonly elapsed: number;
}

export function view(state: ProgressState, now: number): ProgressView {
  const { earlier } = state;
  const eventsDone = earlier.events + state.eventsDone;
  const left = state.parts - state.partsDone;
  const perPart = state.events > 0 ? state.events : state.partsDone > 0 ? earlier.events / state.partsDone : undefined;
  const events = left === 0 ? earlier.events : perPart === undefined ? undefined : earlier.events + perPart * left;
  const inPart = left === 0 || state.events === 0 ? 0 : Math.min(1, state.eventsDone / state.events);
  const fraction =
    perPart === undefined && left > 0 ? undefined : Math.min(1, (state.partsDone + inPart) / state.parts);
  const running = state.phase === "running" ? Math.max(0, now - state.started) : 0;
  const seconds = (earlier.milliseconds + running) / 1000;
  const rate = eventsDone > 0 && seconds > 0 ? eventsDone / seconds : undefined;
  const eta = rate === undefined || events === undefined ? undefined : Math.max(0, (events - eventsDone) / rate);
  return {
    fraction,
    eventsDone,
    events,
    bytesread: earlier.bytesread + state.bytesread,
    rate,
    eta,
    elapsed: Math.max(0, now - state.began) / 1000,
  };
}
