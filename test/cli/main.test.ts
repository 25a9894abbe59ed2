import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cortado, root, startCortado } from "./spawn.ts";

test("help names every command, on standard output, and is no error", async () => {
  for (const args of [["--help"], ["-h"], ["help"]]) {
    const { code, stdout, stderr } = await cortado(...args);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const command of ["run", "inspect", "types", "generate"])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(stdout).toMatch(/Examples:\n {2}# .*\n {2}cortado /);
    expect(stdout).toContain("130 interrupted");
  }
});

test("each command explains itself by example", async () => {
  for (const command of ["run", "inspect", "types", "generate"]) {
    const [long, before] = await Promise.all([cortado(command, "--help"), cortado("help", command)]);
    expect(long.code).toBe(0);
    expect(long.stdout).toContain(`  cortado ${command} `);
    expect(long.stdout.match(/^ {2}# .*\n {2}(npx )?cortado /gm)?.length ?? 0).toBeGreaterThanOrEqual(2);
    expect(before.stdout).toBe(long.stdout);
  }
});

test("nothing to do is wrong usage; an unknown command names the nearest", async () => {
  const [nothing, unknown, option] = await Promise.all([cortado(), cortado("rnu"), cortado("run", "--wokers", "2")]);
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain("cortado COMMAND");
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/^cortado: there is no command "rnu"\. Nearest: run/);
  expect(option.code).toBe(2);
  expect(option.stderr).toMatch(/there is no option --wokers\. Nearest: --workers/);
  expect(`${unknown.stdout}${option.stdout}`).toBe("");
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect((await cortado("--version")).stdout).toBe(`${version}\n`);
});

/** The modules a command line loads, as file paths relative to the checkout. */
async function modulesOf(...args: string[]): Promise<string[]> {
  const watch = `import { registerHooks } from "node:module";
    registerHooks({ load(url, context, next) { process.stderr.write("loaded " + url + "\\n"); return next(url, context); } });`;
  const node = ["--import", `data:text/javascript,${encodeURIComponent(watch)}`];
  const { stderr } = await startCortado(args, { node }).finished;
  return [...stderr.matchAll(/^loaded file:\/\/(.*)$/gm)].map((m) => m[1]!.slice(root.length + 1));
}

test("help loads no reader, decoder, worker or figure code, and none of the packages they need", async () => {
  for (const args of [["--help"], ["run", "--help"], ["generate", "--help"]]) {
    const loaded = await modulesOf(...args);
    expect(loaded).toContain("src/cli/main.ts");
    expect(loaded.filter((m) => !/^(bin\/cortado\.js|src\/cli\/|src\/errors\.ts)/.test(m))).toEqual([]);
  }
});
