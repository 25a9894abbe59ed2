import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { CortadoError, errorFromData } from "../errors.ts";
import { moduleUrl, userError, userLine } from "../processor/index.ts";
import { type Executor, type Job, RunCancelled } from "./executor.ts";
import type { FromThread, ReplyTo, Request, ThreadSettings, ToThread } from "./protocol.ts";

export interface WorkerSettings {
  /** Memory of each thread in MB: JavaScript objects, and apart from them the columns of one chunk. Default: Node's. */
  readonly memoryMB?: number;
}

/**
 * `count` worker threads (default: all cores), started when they are needed and kept for later runs until `close`.
 * Threads that have nothing to do do not keep the process alive. A processor must be named by its module, which each
 * thread loads once: after a change to it, `close` and run again.
 */
export function workers(count: number = availableParallelism(), settings: WorkerSettings = {}): Executor {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new CortadoError("UsageError", `workers(n) needs a whole number of threads above 0, not ${count}`, {
      code: "BadArgument",
    });
  return threads(count, count, settings);
}

/**
 * One chunk after another, in order, as `iterative()` does, but in a thread beside the caller's, so that a `process` that
 * never ends can be stopped. A processor must be named by its module.
 */
export function isolated(settings: WorkerSettings = {}): Executor {
  return threads(1, 0, settings);
}

interface Waiting {
  readonly job: Job;
  readonly request: Request;
  readonly resolve: (reply: never) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Files sent, by job. */
  readonly sent: Map<Job, Set<number>>;
  current: Waiting | undefined;
}

const entry = new URL(`./worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

function threads(count: number, shown: number, { memoryMB }: WorkerSettings): Executor {
  if (memoryMB !== undefined && !(memoryMB >= 8))
    throw new CortadoError("UsageError", `a thread needs at least 8 MB, not ${memoryMB}`, { code: "BadArgument" });
  const all = new Set<Thread>();
  const queue: Waiting[] = [];
  const numbers = new Map<Job, number>();
  const cancelled = new WeakSet<Job>();
  /** Threads on their way out: they may still write files. */
  const ending = new Set<Promise<unknown>>();
  let jobs = 0;

  function start(): Thread {
    const workerData: ThreadSettings = memoryMB === undefined ? {} : { columnBytes: memoryMB * 1e6 };
    const resourceLimits = memoryMB === undefined ? {} : { maxOldGenerationSizeMb: memoryMB };
    const thread: Thread = {
      worker: new Worker(entry, { workerData, resourceLimits, name: "cortado" }),
      sent: new Map(),
      current: undefined,
    };
    all.add(thread);
    thread.worker.on("message", (message: FromThread) => settle(thread, message));
    thread.worker.on("error", (error) => lost(thread, threadError(error)));
    thread.worker.on("exit", (exitCode) =>
      lost(
        thread,
        new CortadoError("ResourceError", `a worker thread ended by itself with code ${exitCode}`, {
          code: "WorkerDied",
          exitCode,
        }),
      ),
    );
    return thread;
  }

  function settle(thread: Thread, message: FromThread): void {
    const { current } = thread;
    thread.current = undefined;
    thread.worker.unref();
    if (message.kind === "reply") current?.resolve(message.reply as never);
    else current?.reject(errorFromData(message.error));
    dispatch();
  }

  function lost(thread: Thread, error: Error): void {
    if (!all.delete(thread)) return;
    const end = thread.worker.terminate();
    ending.add(end);
    void end.finally(() => ending.delete(end));
    thread.current?.reject(error);
    thread.current = undefined;
    dispatch();
  }

  function dispatch(): void {
    while (queue.length > 0) {
      const idle = idleThread(queue[0]!) ?? (all.size < count ? start() : undefined);
      if (idle === undefined) return;
      give(idle, queue.shift()!);
    }
  }

  /** A thread with nothing to do, if possible one that has the request's file open. */
  function idleThread({ job, request }: Waiting): Thread | undefined {
    const idle = [...all].filter((thread) => thread.current === undefined);
    const file = "chunk" in request ? request.chunk.file : -1;
    return idle.find((thread) => thread.sent.get(job)?.has(file) === true) ?? idle[0];
  }

  function give(thread: Thread, waiting: Waiting): void {
    const { job, request } = waiting;
    const number = numbers.get(job)!;
    const post = (message: ToThread): void => thread.worker.postMessage(message);
    thread.current = waiting;
    thread.worker.ref();
    let sent = thread.sent.get(job);
    if (sent === undefined) {
      thread.sent.set(job, (sent = new Set()));
      const { options, output } = job;
      post({ kind: "begin", job: number, processor: moduleUrl(job.processor as string | URL), options, output });
    }
    if ("chunk" in request && !sent.has(request.chunk.file)) {
      sent.add(request.chunk.file);
      post({ kind: "file", job: number, index: request.chunk.file, file: job.files[request.chunk.file]! });
    }
    post({ kind: "request", job: number, request });
  }

  return {
    concurrency: count,
    workers: shown,
    submit<R extends Request>(job: Job, request: R): Promise<ReplyTo<R>> {
      if (cancelled.has(job)) return Promise.reject(new RunCancelled());
      if (typeof job.processor === "function")
        return Promise.reject(
          new CortadoError(
            "UsageError",
            `worker threads load a processor from its module: give new URL("./${job.processor.name || "processor"}.ts", import.meta.url) instead of the ${"process" in (job.processor.prototype ?? {}) ? "class" : "function"} itself, or use iterative()`,
            { code: "BadProcessor" },
          ),
        );
      if (!numbers.has(job)) numbers.set(job, jobs++);
      const { promise, resolve, reject } = Promise.withResolvers<ReplyTo<R>>();
      queue.push({ job, request, resolve: resolve as (reply: never) => void, reject });
      dispatch();
      return promise;
    },
    cancel(job) {
      cancelled.add(job);
      for (const waiting of queue.filter((w) => w.job === job)) {
        queue.splice(queue.indexOf(waiting), 1);
        waiting.reject(new RunCancelled());
      }
      for (const thread of [...all]) if (thread.current?.job === job) lost(thread, new RunCancelled());
    },
    end: async (job) => {
      const number = numbers.get(job);
      numbers.delete(job);
      for (const thread of all)
        if (thread.sent.delete(job)) thread.worker.postMessage({ kind: "end", job: number! } satisfies ToThread);
      await Promise.all(ending);
    },
    close: async () => {
      for (const waiting of queue.splice(0)) waiting.reject(new RunCancelled());
      const ended = [...all];
      for (const thread of ended) lost(thread, new RunCancelled());
      await Promise.all(ended.map((thread) => thread.worker.terminate()));
    },
  };
}

/** What an `error` event of a thread means: out of memory, else something user code threw outside of `process`. */
function threadError(error: unknown): CortadoError {
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY")
    return new CortadoError(
      "ResourceError",
      "a worker thread ran out of memory",
      { code: "OutOfMemory" },
      { cause: error },
    );
  if (userLine(error) !== undefined) return userError(error, "the processor, outside of process,", {});
  const message = `a worker thread ended: ${error instanceof Error ? error.message : String(error)}`;
  return new CortadoError("ResourceError", message, { code: "WorkerDied" }, { cause: error });
}
