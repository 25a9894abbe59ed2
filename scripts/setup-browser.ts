/**
 * `npm run setup:browser`: what the tests need to open pages in a browser, in the user's cache folder, made once:
 * playwright-core, a Chromium that comes as an npm package, and the Vega 5 that JupyterLab draws with. Where something cannot be had,
 * one line says what is skipped, and the exit code is 0. A Chromium that is installed on the machine is used if there is one.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const dependencies = {
  "@sparticuz/chromium": "153.0.0",
  "playwright-core": "1.65.1",
  vega: "5.33.0",
  "vega-lite": "5.6.1",
};
const done = "cortado-ready";

/** What a test that needs {@link browserPackages} says when it is skipped. */
export const noBrowser: string = "browser packages are not set up (npm run setup:browser)";

/** The folder of the packages: another list makes another folder. */
function folder(): string {
  const key = createHash("sha256").update(`${JSON.stringify(dependencies)} ${process.platform} ${process.arch}`);
  const windows = process.platform === "win32" ? process.env["LOCALAPPDATA"] : undefined;
  const cache = process.env["XDG_CACHE_HOME"] || windows || join(homedir(), ".cache");
  return join(cache, "cortado", `browser-${key.digest("hex").slice(0, 16)}`);
}

/** The folder whose node_modules hold the packages, or undefined when they are not set up. */
export function browserPackages(): string | undefined {
  return existsSync(join(folder(), done)) ? folder() : undefined;
}

/** A package of the folder, as `require` gives it. */
export function browserPackage(name: string): unknown {
  return createRequire(pathToFileURL(`${folder()}/`))(name);
}

/** The Chromium of the machine, else that of the package. */
export async function chromiumPath(): Promise<{ readonly executablePath: string; readonly args: readonly string[] }> {
  const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) =>
    existsSync(p),
  );
  if (installed !== undefined) return { executablePath: installed, args: ["--no-sandbox"] };
  const packaged = createRequire(pathToFileURL(`${folder()}/`)).resolve("@sparticuz/chromium");
  const { default: chromium } = (await import(pathToFileURL(packaged).href)) as {
    default: { args: string[]; executablePath(): Promise<string> };
  };
  return { executablePath: await chromium.executablePath(), args: chromium.args };
}

/** Makes the folder beside its place and moves it there, so that it appears whole, whoever else makes it too. */
function setUp(): string | undefined {
  const draft = `${folder()}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    console.log(`browser: installing ${Object.keys(dependencies).join(", ")} into ${folder()}`);
    writeFileSync(join(draft, "package.json"), JSON.stringify({ private: true, dependencies }));
    const options = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const ran = spawnSync("npm", options, {
      cwd: draft,
      encoding: "utf8",
      timeout: 600_000,
      shell: process.platform === "win32",
    });
    if (ran.status !== 0)
      return ran.error?.message ?? (ran.stderr.trim().split("\n").at(-1) || `exit code ${ran.status}`);
    writeFileSync(join(draft, done), "");
    if (browserPackages() === undefined) renameSync(draft, folder());
    return undefined;
  } catch (error) {
    return browserPackages() === undefined ? (error as Error).message : undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const reason = browserPackages() === undefined ? setUp() : undefined;
  console.log(
    reason === undefined ? `browser: ready (${folder()})` : `browser: figures are not opened in one: ${reason}`,
  );
}
