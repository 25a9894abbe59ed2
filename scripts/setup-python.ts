/**
 * `npm run setup:python`: a Python environment with the reference libraries that some tests and benchmarks compare with,
 * in the user's cache folder, made once. Nothing here is needed to use cortado: where Python, its `venv` or the
 * packages are missing, one line says what is skipped, and the exit code is 0.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const requirements = join(import.meta.dirname, "requirements-python.txt");
const done = "cortado-ready";
const skipped = "comparisons with Python (hist, pyarrow, awkward) are skipped";

/** The environment's folder: another list of packages makes another folder. */
function folder(): string {
  const key = createHash("sha256").update(readFileSync(requirements)).update(`${process.platform} ${process.arch}`);
  const windows = process.platform === "win32" ? process.env["LOCALAPPDATA"] : undefined;
  const cache = process.env["XDG_CACHE_HOME"] || windows || join(homedir(), ".cache");
  return join(cache, "cortado", `python-${key.digest("hex").slice(0, 16)}`);
}

const executable = (environment: string): string =>
  process.platform === "win32" ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");

/** The environment's Python, or undefined when it is not set up. Cost: reads one small file. */
export function pythonInterpreter(): string | undefined {
  const environment = folder();
  const python = executable(environment);
  return existsSync(join(environment, done)) && existsSync(python) ? python : undefined;
}

/** What a test that needs {@link pythonInterpreter} says when it is skipped. */
export const noPython: string = "Python reference libraries are not set up (npm run setup:python)";

/** Runs a command quietly; undefined when it worked, else the last line it said. */
function failure(command: string, args: readonly string[]): string | undefined {
  const ran = spawnSync(command, args, { encoding: "utf8", timeout: 600_000, stdio: ["ignore", "pipe", "pipe"] });
  if (ran.status === 0) return undefined;
  const said = `${ran.stdout ?? ""}\n${ran.stderr ?? ""}`.trim().split("\n").at(-1);
  return ran.error?.message ?? (said || `exit code ${ran.status ?? ran.signal}`);
}

/** Makes the environment beside its place and moves it there, so that it appears whole, whoever else makes it too. */
function setUp(environment: string): string | undefined {
  const base = ["python3", "python"].find((name) => failure(name, ["--version"]) === undefined);
  if (base === undefined) return "there is no python3";
  const draft = `${environment}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    console.log(`python: installing the reference libraries of the tests into ${environment}`);
    const venv = failure(base, ["-m", "venv", draft]);
    if (venv !== undefined) return `${base} -m venv failed: ${venv}`;
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"];
    const install = failure(executable(draft), [
      ...pip,
      "--timeout",
      "20",
      "--only-binary",
      ":all:",
      "-r",
      requirements,
    ]);
    if (install !== undefined) return `pip install failed: ${install}`;
    writeFileSync(join(draft, done), "");
    moveTo(draft, environment);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function moveTo(draft: string, environment: string): void {
  if (pythonInterpreter() !== undefined) return;
  rmSync(environment, { recursive: true, force: true });
  try {
    renameSync(draft, environment);
  } catch (error) {
    // another run was first; its environment is as good
    if (pythonInterpreter() === undefined) throw error;
  }
}

if (import.meta.main) {
  const ready = pythonInterpreter();
  if (ready !== undefined) console.log(`python: ready (${ready})`);
  else {
    const reason = setUp(folder());
    console.log(reason === undefined ? `python: ready (${pythonInterpreter()})` : `python: ${skipped}: ${reason}`);
  }
}
