import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A process of a reference library that answers commands: see peer.py (pyarrow) and jagged-peer.py (awkward). */
export interface Peer {
  readonly version: string;
  ask<T>(command: object): Promise<T>;
  close(): void;
}

export async function startPeer(python: string, script = "peer.py"): Promise<Peer> {
  const child = spawn(python, [join(import.meta.dirname, script)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("Python ended without an answer; its message stands above");
    return JSON.parse(value) as T;
  };
  const { version } = await answer<{ version: string }>();
  return {
    version,
    ask: (command) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return answer();
    },
    close: () => child.stdin.end(),
  };
}
