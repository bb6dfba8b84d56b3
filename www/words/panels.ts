/** "What is this": two sentences a panel, by id. Panels that a method brings have their caption and this frame. */
const ABOUT: Record<string, string> = {
  signal:
    "Rings are the truth and discs are the estimate; a disc in its ring is a spike found. A dashed ring is missed, a cross is a false alarm.",
  support:
    "Each bar is an index, from the step at which it enters the support to the step at which it leaves. Pale columns behind are where the truth is not zero.",
  convergence:
    "The residual is what the estimate leaves of the measurements, the error is its distance to the truth; both are relative. The method sees the first, never the second.",
  snapshots:
    "Each line is a snapshot, each column a place; colours are values, with one scale for both maps. The estimate stands above the truth.",
  measured: "Dots are the measurements y. Bars are what the estimate does not explain of them.",
  matrix:
    "Each column says how one unknown enters the measurements. The Gram matrix compares columns: the brighter a place, the more alike the two, and the easier to confuse.",
};

/** What a panel shows, in words. */
export function aboutPanel(id: string, caption: string): string {
  return ABOUT[id] ?? `It shows ${caption}. The values are those before the step at the playhead.`;
}

/** What a hand can do in a panel, by id; the others are read only. */
const ACTS: Record<string, string[]> = {
  signal: [
    "Click to add a spike, drag it up and down to change it, sideways to move it, to zero to remove it; double-click to type its value.",
    "Shift-click, or a box dragged with Shift, chooses several. A long press of a finger does, too; then tap more.",
    "Keys: Left and Right go from spike to spike, with Shift they choose several, with Ctrl they go to every index, with Alt they move what is chosen. Up and Down change it by 0.05, with Shift by 0.01, Page Up and Page Down by 0.5. Enter types, Delete removes.",
  ],
  convergence: [
    "Drag across it to move the playhead. Left and Right move the line, Enter takes the playhead there.",
  ],
  curve: [
    "Draw freehand over the figure; with Shift a straight piece. The stems underneath are the coefficients, and can be dragged like spikes.",
    "Keys: Left and Right move a brush, Up and Down bend the curve there. Space holds the brush down to draw, Up and Down then lift it, Space lets it go.",
  ],
  "painted-picture": [
    "Paint with a pointer or a finger. What you paint is the truth from then on: it is measured anew, and places that you do not touch stay as bright as they were.",
    "Keys: arrows move the brush, with Shift by eight pixels. Space holds it down to paint and lets it go. + and \u2212 make it lighter and darker, [ and ] finer and broader.",
    "A picture that is dropped on the page takes the place of all of it, in grey.",
  ],
  "painted-line": [
    "Draw freehand over the figure; with Shift a straight piece. What you draw is the truth from then on: it is measured anew.",
    "Keys: Left and Right move a brush, Up and Down bend the line there. Space holds the brush down to draw, Up and Down then lift it, Space lets it go.",
  ],
};
const READ =
  "A pointer, a long press, or Left and Right move the line; L locks it. Page Up and Page Down go 16 places, Home and End to the ends.";
const ZOOM =
  "Ctrl with the wheel, two fingers, or + and \u2212 zoom the axis, 0 shows all of it. A drag below the axis marks a part, and then moves it.";
/** Panels that show all of their axis always. */
const WHOLE = [
  ...["convergence", "measured", "matrix", "snapshots"],
  ...["painted-picture", "painted-line"],
];

/** What can be done in a panel, a paragraph each. */
export function actsIn(id: string): string[] {
  const own = ACTS[id] ?? [READ];
  return WHOLE.includes(id) ? own : [...own, ZOOM];
}
