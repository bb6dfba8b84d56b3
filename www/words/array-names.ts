/** Names of methods as arrays in a file have them: letters and underscores, a number where an id comes again. */
export function arrayNames(ids: readonly string[]): string[] {
  return ids.map((id, i) => {
    const before = ids.slice(0, i).filter((other) => other === id).length;
    return `${id.replaceAll("-", "_")}${before > 0 ? `_${before + 1}` : ""}`;
  });
}
