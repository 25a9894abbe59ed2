import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const root: string = resolve(import.meta.dirname, "../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts `node bin/cortado.js ARGS` (never npx: a signal sent to it does not arrive). */
export function startCortado(
  args: readonly string[],
  options: { cwd?: string; node?: readonly string[] } = {},
): Started {
  const child = spawn(process.execPath, [...(options.node ?? []), join(root, "bin/cortado.js"), ...args], {
    cwd: options.cwd ?? root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, finished: finish(child) };
}

/** What a process says and ends with. */
export function finish(child: ChildProcess): Promise<Finished> {
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream]!.setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, ...said }));
  });
}

/** Runs `cortado ARGS` to its end. */
export function cortado(...args: string[]): Promise<Finished> {
  return startCortado(args).finished;
}
