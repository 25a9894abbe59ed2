import { CortadoError } from "../errors.ts";
import type { Binned } from "./binned.ts";

/** Throws UsageError unless all have the bins of the first. */
export function sameEdges(named: readonly { readonly label: string; readonly bins: Binned }[]): void {
  const first = named[0];
  for (const other of named.slice(1)) {
    const [a, b] = [first!.bins, other.bins];
    const edges = a.edges.length === b.edges.length && a.edges.every((e, i) => e === b.edges[i]);
    const names = a.categories?.join("\n") === b.categories?.join("\n");
    if (edges && names) continue;
    const range = ({ edges, categories }: Binned): string =>
      categories?.join(", ") ?? `${edges.length - 1} bins from ${edges[0]} to ${edges.at(-1)}`;
    throw new CortadoError(
      "UsageError",
      `"${other.label}" and "${first!.label}" have different bins (${range(b)}; ${range(a)}), so they cannot be drawn in one frame.`,
      { code: "BadArgument" },
    );
  }
}
