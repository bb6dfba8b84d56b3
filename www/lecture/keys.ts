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

/** The keys in words, as `?` shows them. Space and the letters of the timeline are the lab's own. */
export const KEYS_IN_WORDS: readonly (readonly [keys: string, does: string])[] = [
  ["Page Down, right, down", "next panel; after the last one, the lesson's next step"],
  ["Page Up, left, up", "panel before"],
  ["1 to 9", "the panel of that number"],
  ["Space", "play, pause"],
  ["J, L", "a step back, a step on"],
  ["B or .", "black screen; any key ends it"],
  ["F", "full screen"],
  ["Escape", "out of a value first, then out of the lecture"],
];

/** The act of a key, whether of a keyboard or of a clicker. */
export function actOf({ key, ctrlKey, altKey, metaKey }: Key): Act {
  if (ctrlKey || altKey || metaKey) return undefined;
  if (/^[1-9]$/.test(key)) return { panel: Number(key) - 1 };
  return Object.hasOwn(ACTS, key) ? ACTS[key] : undefined;
}
