/** The key under which a converted file keeps the titles of its branches: a JSON object from branch name to title. */
export const titlesKey = "root.branchTitles";

/** Documentation strings of columns, by their name in the file. Text that is no such JSON object gives none. */
export function titlesOf(keyValues: readonly (readonly [key: string, value: string])[]): ReadonlyMap<string, string> {
  const text = keyValues.find(([key]) => key === titlesKey)?.[1];
  if (text === undefined) return new Map();
  try {
    const titles: unknown = JSON.parse(text);
    if (typeof titles !== "object" || titles === null || Array.isArray(titles)) return new Map();
    return new Map(Object.entries(titles).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new Map();
  }
}
