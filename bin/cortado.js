#!/usr/bin/env node
const [major] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(
    `cortado needs Node 24 or newer, this is ${process.versions.node}. In a checkout, "npm ci" installs one; then "npx cortado" uses it.`,
  );
  process.exit(2);
}
const { existsSync } = await import("node:fs");
const source = new URL("../src/cli/main.ts", import.meta.url);
const built = new URL("../cli/main.js", import.meta.url);
const { main } = await import((existsSync(source) ? source : built).href);
await main(process.argv.slice(2));
