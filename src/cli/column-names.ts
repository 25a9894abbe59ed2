/** Column names with what they share written once: `MET_pt Muon_{charge,eta,pt}`. In the order given. */
export function columnNames(names: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const cut = name.indexOf("_");
    const prefix = cut > 0 ? name.slice(0, cut + 1) : `\0${name}`;
    groups.set(prefix, [...(groups.get(prefix) ?? []), name.slice(cut + 1)]);
  }
  return [...groups]
    .map(([prefix, members]) => {
      if (prefix.startsWith("\0")) return prefix.slice(1);
      return members.length === 1 ? `${prefix}${members[0]}` : `${prefix}{${members.join(",")}}`;
    })
    .join(" ");
}
