import type { Binned } from "./binned.ts";
import { misuse } from "./misuse.ts";

/** Throws UsageError unless all have the bins of the first; the message says where they first differ. */
export function sameEdges(named: readonly { readonly label: string; readonly bins: Binned }[]): void {
  const first = named[0];
  for (const other of named.slice(1)) {
    const difference = differenceOf(other.bins, first!.bins);
    if (difference === undefined) continue;
    const axis = first!.bins.title === "" ? "" : ` of ${first!.bins.title}`;
    throw misuse(
      `"${other.label}" and "${first!.label}" have different bins${axis} (${difference}), so they cannot be drawn in one frame.`,
    );
  }
}

function differenceOf(a: Binned, b: Binned): string | undefined {
  const range = ({ edges, categories }: Binned): string =>
    categories?.join(", ") ?? `${edges.length - 1} bins from ${edges[0]} to ${edges.at(-1)}`;
  const ends = (bins: Binned): string => [bins.edges.length, bins.edges[0], bins.edges.at(-1)].join();
  if (a.categories?.join("\n") !== b.categories?.join("\n") || ends(a) !== ends(b)) return `${range(a)}; ${range(b)}`;
  const edge = a.edges.findIndex((e, i) => e !== b.edges[i]);
  return edge === -1 ? undefined : `edge ${edge} is ${a.edges[edge]} and ${b.edges[edge]}`;
}
