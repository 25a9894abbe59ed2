import { setImmediate } from "node:timers/promises";
import { type Executor, type Job, RunCancelled } from "./executor.ts";
import type { ReplyTo, Request } from "./protocol.ts";
import { createSession, type Session } from "./session.ts";

/**
 * Runs one chunk after another in this thread, in order: for debugging, and for a processor given as a class or function
 * instead of a module. Cancelling takes effect between chunks; a `process` that never ends cannot be stopped.
 */
export function iterative(): Executor {
  const sessions = new Map<Job, { readonly session: Session; sent: number }>();
  const cancelled = new WeakSet<Job>();
  let last: Promise<unknown> = Promise.resolve();

  function sessionOf(job: Job): Session {
    let known = sessions.get(job);
    if (known === undefined) {
      known = { session: createSession(job), sent: 0 };
      sessions.set(job, known);
    }
    for (; known.sent < job.files.length; known.sent++) known.session.addFile(known.sent, job.files[known.sent]!);
    return known.session;
  }

  async function handle<R extends Request>(job: Job, request: R): Promise<ReplyTo<R>> {
    await setImmediate(); // signals and timers of the caller get their turn between chunks
    if (cancelled.has(job)) throw new RunCancelled();
    const own = request.kind === "postprocess" ? structuredClone(request) : request;
    // A clone, as from a worker thread: what the user keeps and changes later is not what was returned.
    return structuredClone(await sessionOf(job).handle(own));
  }

  const end = async (job: Job): Promise<void> => {
    await sessions.get(job)?.session.close();
    sessions.delete(job);
  };

  return {
    concurrency: 1,
    workers: 0,
    submit(job, request) {
      const reply = last.then(() => handle(job, request));
      last = reply.catch(() => undefined);
      return reply;
    },
    cancel: (job) => {
      cancelled.add(job);
    },
    end,
    close: async () => {
      for (const job of [...sessions.keys()]) await end(job);
    },
  };
}
