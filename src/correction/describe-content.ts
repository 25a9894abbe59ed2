import { type Content, childrenOf, type Edges, type Input } from "./content.ts";
import type { Correction } from "./correction.ts";

/** What is known of an input from the nodes that look at it. */
interface Use {
  readonly keys: Set<string | number>;
  readonly ranges: Set<string>;
  readonly notes: Set<string>;
}

/** A correction in words: each input with its type, keys and ranges, what it gives outside of them, and silent defaults. */
export function describeContent(
  header: Pick<Correction, "name" | "description" | "inputs" | "output">,
  content: Content | undefined,
): string {
  const uses = header.inputs.map((): Use => ({ keys: new Set(), ranges: new Set(), notes: new Set() }));
  if (content !== undefined) gather(content, uses);
  const lines = header.inputs.map((input, i) => `  ${inputLine(input, uses[i]!)}`);
  const title = `${header.name}(${header.inputs.map(({ name }) => name).join(", ")}) → ${header.output.name}`;
  return [title, ...(header.description === undefined ? [] : [`  ${header.description}`]), ...lines].join("\n");
}

function inputLine({ name, type, description }: Input, { keys, ranges, notes }: Use): string {
  const known = [...keys].map((key) => (typeof key === "string" ? JSON.stringify(key) : String(key)));
  const shown = known.length > 12 ? [...known.slice(0, 12), `… ${known.length} in all`] : known;
  const parts = [shown.join(" "), [...ranges].join("; "), ...notes, description ?? ""].filter((part) => part !== "");
  return `${name} (${type})${parts.length === 0 ? "" : `: ${parts.join("; ")}`}`;
}

function gather(content: Content, uses: readonly Use[]): void {
  if (content.kind === "category") {
    const use = uses[content.input]!;
    for (const key of content.contents.keys()) use.keys.add(key);
    use.notes.add(
      content.otherwise === undefined ? "any other key is an error" : `any other key: ${other(content.otherwise)}`,
    );
  }
  if (content.kind === "binning")
    content.inputs.forEach((input, i) => {
      const use = uses[input]!;
      use.ranges.add(range(content.edges[i]!));
      use.notes.add(outside(content.flow));
    });
  if (content.kind === "transform") uses[content.input]!.notes.add("transformed first");
  if (content.kind === "hashprng") for (const input of content.inputs) uses[input]!.notes.add("seeds a random number");
  for (const child of childrenOf(content)) gather(child, uses);
}

function other(content: Content): string {
  return content.kind === "number" ? `${content.value}, silently` : "a content of its own";
}

function range(edges: Edges): string {
  if (edges.kind === "uniform") return `${edges.low} to ${edges.high} in ${edges.n} equal bins`;
  return `${edges.edges[0]} to ${edges.edges.at(-1)} in ${edges.edges.length - 1} bins`;
}

function outside(flow: "clamp" | "error" | "wrap" | { readonly content: Content }): string {
  if (typeof flow !== "string") return `outside: ${other(flow.content)}`;
  return { clamp: "outside: the nearest bin", error: "outside is an error", wrap: "outside: wrapped around" }[flow];
}
