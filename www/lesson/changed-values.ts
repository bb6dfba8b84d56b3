/** How long a changed value stays underlined, in ms. */
const SHOWN = 2000;

/** The values of the Spec's sentence by their names; of several with a name each has its number. */
export function valuesOf(root: ParentNode): Map<string, { text: string; element: HTMLElement }> {
  const values = new Map<string, { text: string; element: HTMLElement }>();
  for (const element of root.querySelectorAll<HTMLElement>(
    ".sentence number-value, .sentence choice-value",
  )) {
    const { label } = element as HTMLElement & { label?: string };
    let name = label ?? "";
    for (let i = 2; values.has(name); i += 1) name = `${label} ${i}`;
    values.set(name, { text: element.textContent?.trim() ?? "", element });
  }
  return values;
}

/** Underlines for a moment the values that differ from what they were. */
export function underlineChanged(
  root: ParentNode,
  before: ReadonlyMap<string, { text: string }>,
): void {
  for (const [name, { text, element }] of valuesOf(root)) {
    if (before.get(name)?.text === text) continue;
    element.dataset.changed = "";
    setTimeout(() => delete element.dataset.changed, SHOWN);
  }
}
