/**
 * Colours that stay apart in print and for colour-blind readers: the sets of six and ten recommended by CMS, from
 * M. Petroff, "Accessible color sequences for data visualization" (arXiv:2107.02270).
 */
export const sixColours: readonly string[] = ["#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd"];
export const tenColours: readonly string[] = [
  "#3f90da",
  "#ffa90e",
  "#bd1f01",
  "#94a4a2",
  "#832db6",
  "#a96b59",
  "#e76300",
  "#b9ac70",
  "#717581",
  "#92dadd",
];

/** `count` colours: of the set of six while that is enough, else of the set of ten, from its start again after ten. */
export function palette(count: number): string[] {
  const set = count <= sixColours.length ? sixColours : tenColours;
  return Array.from({ length: count }, (_, i) => set[i % set.length]!);
}
