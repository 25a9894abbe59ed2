/** The inside of a worker thread: answers the driver's requests, one at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { errorToData } from "../errors.ts";
import type { FromThread, Request, ThreadSettings, ToThread } from "./protocol.ts";
import { asCortadoError, createSession, type Session } from "./session.ts";

const port = parentPort!;
const { columnBytes } = workerData as ThreadSettings;
const sessions = new Map<number, Session>();

async function answer(session: Session, request: Request): Promise<void> {
  try {
    port.postMessage({ kind: "reply", reply: await session.handle(request) } satisfies FromThread);
  } catch (error) {
    port.postMessage({ kind: "error", error: errorToData(asCortadoError(error)) } satisfies FromThread);
  }
}

port.on("message", (message: ToThread) => {
  switch (message.kind) {
    case "begin":
      sessions.set(message.job, createSession(message, columnBytes));
      break;
    case "file":
      sessions.get(message.job)!.addFile(message.index, message.file);
      break;
    case "request":
      void answer(sessions.get(message.job)!, message.request);
      break;
    case "end":
      void sessions.get(message.job)?.close();
      sessions.delete(message.job);
      break;
  }
});
