import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Names and loaded modules of an import in a fresh process. */
function imported(specifier: string): { readonly names: string[]; readonly modules: string[] } {
  const script = `
    import { registerHooks } from "node:module";
    const modules = [];
    registerHooks({ load: (url, context, next) => { modules.push(url); return next(url, context); } });
    const names = Object.keys(await import(${JSON.stringify(specifier)})).sort();
    console.log(JSON.stringify({ names, modules }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: root,
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

test("the public API is what it was", () => {
  expect(imported("cortado").names).toMatchInlineSnapshot(`
    [
      "CortadoError",
      "FourVector",
      "Hist",
      "LumiData",
      "LumiList",
      "PackedSelection",
      "Processor",
      "RunError",
      "Weights",
      "accumulate",
      "axis",
      "cabinetryTemplates",
      "clopperPearsonInterval",
      "columnAccumulator",
      "defaultdictAccumulator",
      "deltaPhi",
      "deltaR",
      "describe",
      "dictAccumulator",
      "fromPtEtaPhiM",
      "fromUhi",
      "fromUhiZip",
      "histColumns",
      "isCortadoError",
      "isolated",
      "iterative",
      "len",
      "listAccumulator",
      "loc",
      "lumiMask",
      "maskCategories",
      "nanoaod",
      "normalInterval",
      "overflow",
      "parseUhi",
      "poissonInterval",
      "pyhfTemplates",
      "range",
      "ratioUncertainty",
      "readSchema",
      "rebin",
      "reportJson",
      "resultJson",
      "run",
      "setAccumulator",
      "sum",
      "toUhi",
      "toUhiZip",
      "transverseMass",
      "underflow",
      "valueAccumulator",
      "workers",
    ]
  `);
});

test.each([
  "cortado/arrow",
  "cortado/jagged",
  "cortado/io",
  "cortado/correction",
  "cortado/vector",
  "cortado/plot",
  "cortado/cli",
])("the public API of %s is what it was", (name) => {
  expect(imported(name).names).toMatchSnapshot();
});

test("importing the package loads no figures, cluster, command line or worker code", () => {
  const { modules } = imported("cortado");
  expect(modules.length).toBeGreaterThan(20);
  expect(
    modules.filter((url) => /vega|resvg|\/plot\/|\/cli\/|fonts|apache-arrow|\/worker\.ts|mathjs/.test(url)),
  ).toEqual([]);
});
