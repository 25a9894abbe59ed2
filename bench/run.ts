/**
 * `npm run bench`: ratios measured in one run, the contestants taking turns. Medians, with quartiles in parentheses.
 * pyarrow and awkward come from `npm run setup:python`; without them their columns say "not measured".
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { noPython, pythonInterpreter } from "../scripts/setup-python.ts";
import { benchCorrections } from "./corrections.ts";
import { benchFigures } from "./figures.ts";
import { benchHist } from "./hist.ts";
import { benchJagged } from "./jagged.ts";
import { benchLambdas } from "./lambdas.ts";
import { benchMasses } from "./masses.ts";
import { type Peer, startPeer } from "./peer.ts";
import { benchRead } from "./read.ts";
import { benchStructure } from "./structure.ts";
import { benchTrijet } from "./trijet.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-bench-"));
let peer: Peer | undefined;
try {
  const python = pythonInterpreter();
  if (python === undefined) console.log(`pyarrow is not measured: ${noPython}`);
  else peer = await startPeer(python);
  console.log(
    `Node ${process.version}, ${peer?.version ?? "no pyarrow"}, ${cpus()[0]?.model.trim()} (${cpus().length} cores)\n`,
  );
  print(await benchRead(folder, peer));
  print(await benchTrijet(folder));
  print(await benchLambdas(folder));
  print(await benchMasses(folder, python));
  print(await benchJagged(folder, python));
  print(await benchStructure(folder, python));
  print(await benchHist(folder, python));
  print(await benchCorrections(folder, python));
  print(benchFigures());
} finally {
  peer?.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A Markdown table. */
function print(rows: readonly { readonly [heading: string]: string }[]): void {
  const headings = Object.keys(rows[0] ?? {});
  const widths = headings.map((h) => Math.max(h.length, ...rows.map((row) => row[h]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  console.log(line(headings));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const row of rows) console.log(line(headings.map((h) => row[h]!)));
  console.log();
}
