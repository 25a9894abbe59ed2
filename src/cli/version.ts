import { readFileSync } from "node:fs";

/** The version of this package. */
export function version(): string {
  const root = import.meta.url.endsWith(".ts") ? "../../package.json" : "../package.json";
  return (JSON.parse(readFileSync(new URL(root, import.meta.url), "utf8")) as { version: string }).version;
}
