import { type AxisAct, axisAct } from "../figures/axis.ts";

/** What a key does on a curve. */
export type CurveAct =
  | AxisAct
  /** The brush goes; held down, it draws. */
  | { act: "go"; by: number }
  /** The curve bends at the brush; held down, the brush lifts. */
  | { act: "lift"; by: number }
  | { act: "hold" }
  | { act: "release" };

/** Samples that Page Up and Page Down go. */
const PAGE = 16;

/** The keys of a curve; `held` says whether the brush is down. */
export function curveAct(
  event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  { editable, held }: { editable: boolean; held: boolean },
): CurveAct | undefined {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const ways: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    PageDown: -PAGE,
    PageUp: PAGE,
  };
  const by = ways[key];
  if (by !== undefined) return { act: "go", by };
  if (!editable) return axisAct(event);
  if (key === "ArrowUp") return { act: "lift", by: shiftKey ? 0.01 : 0.05 };
  if (key === "ArrowDown") return { act: "lift", by: shiftKey ? -0.01 : -0.05 };
  if (key === " ") return { act: held ? "release" : "hold" };
  if (key === "Escape" && held) return { act: "release" };
  return axisAct(event);
}
