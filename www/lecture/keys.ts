/** What a presenter's key does. */
export type Act =
  | { turn: 1 | -1 }
  | { panel: number }
  | "black"
  | "keys"
  | "leave"
  | "full-screen"
  | undefined;

/** A key as an event has it. */
type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">;

const ACTS: Readonly<Record<string, Act>> = {
  PageDown: { turn: 1 },
  ArrowRight: { turn: 1 },
  ArrowDown: { turn: 1 },
  PageUp: { turn: -1 },
  ArrowLeft: { turn: -1 },
  ArrowUp: { turn: -1 },
  b: "black",
  B: "black",
  ".": "black",
  "?": "keys",
  f: "full-screen",
  F: "full-screen",
  Escape: "leave",
};

/** The act of a key, whether of a keyboard or of a clicker. */
export function actOf({ key, ctrlKey, altKey, metaKey }: Key): Act {
  if (ctrlKey || altKey || metaKey) return undefined;
  if (/^[1-9]$/.test(key)) return { panel: Number(key) - 1 };
  return Object.hasOwn(ACTS, key) ? ACTS[key] : undefined;
}
