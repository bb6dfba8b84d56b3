/** What a key does on a picture that is painted. */
export type PaintAct =
  /** The brush goes; held down, it paints. */
  | { act: "go"; right: number; down: number }
  /** The brush gets lighter or darker. */
  | { act: "light"; by: number }
  | { act: "width"; by: number }
  | { act: "hold" }
  | { act: "release" };

/** Pixels that Shift goes. */
const STRIDE = 8;

const WAYS: Record<string, readonly [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The keys of a picture; `held` says whether the brush is down. */
export function paintAct(
  event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  held: boolean,
): PaintAct | undefined {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const way = WAYS[key];
  const far = event.shiftKey ? STRIDE : 1;
  if (way) return { act: "go", right: far * way[0], down: far * way[1] };
  if (key === "+" || key === "=") return { act: "light", by: 1 };
  if (key === "-" || key === "_") return { act: "light", by: -1 };
  if (key === "]") return { act: "width", by: 1 };
  if (key === "[") return { act: "width", by: -1 };
  if (key === " ") return { act: held ? "release" : "hold" };
  if (key === "Escape" && held) return { act: "release" };
  return undefined;
}
