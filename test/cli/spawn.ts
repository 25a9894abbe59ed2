import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const root: string = resolve(import.meta.dirname, "../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when standard error matches; rejects if the process ends first. */
  readonly said: (pattern: RegExp) => Promise<void>;
}

/** Starts `node bin/cortado.js ARGS` (never npx: a signal sent to it does not arrive). */
export function startCortado(
  args: readonly string[],
  options: { cwd?: string; node?: readonly string[] } = {},
): Started {
  const began = performance.now();
  const child = spawn(process.execPath, [...(options.node ?? []), join(root, "bin/cortado.js"), ...args], {
    cwd: options.cwd ?? root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const listen of listeners) listen();
  });
  const finished = new Promise<Finished>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr, seconds: (performance.now() - began) / 1000 }));
  });
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((done, fail) => {
      const listen = (): void => {
        if (!pattern.test(stderr)) return;
        listeners.delete(listen);
        done();
      };
      listeners.add(listen);
      listen();
      finished.then((f) => fail(new Error(`ended with ${f.code} before saying ${pattern}:\n${f.stderr}`)), fail);
    });
  return { child, finished, said };
}

/** Runs `cortado ARGS` to its end. */
export function cortado(...args: string[]): Promise<Finished> {
  return startCortado(args).finished;
}
