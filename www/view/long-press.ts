/** A finger that stays this long, in ms, within this many px, presses. */
const LONG = 500;
const STILL = 10;

/**
 * A long press of a finger on an element: `pressed` once it has stayed, `moved` while it then moves, `lifted` when it
 * goes. Until then the page scrolls as ever; from then on it does not.
 */
export class LongPress {
  #timer = 0;
  #start: PointerEvent | undefined;
  #pressing = false;

  constructor(
    host: HTMLElement,
    readonly acts: {
      pressed(event: PointerEvent): void;
      moved(event: PointerEvent): void;
      lifted(): void;
    },
  ) {
    // Early, and the rest only as long as this is no press.
    const early = { capture: true, passive: false };
    host.addEventListener("pointerdown", this.#down, early);
    host.addEventListener("pointermove", this.#move, early);
    host.addEventListener("pointerup", this.#up, early);
    host.addEventListener("pointercancel", this.#up, early);
    host.addEventListener("touchmove", this.#touch, early);
    host.addEventListener("contextmenu", this.#touch, early);
    host.addEventListener("axis-gesture", () => this.end());
  }

  /** Whether a finger presses now. */
  get pressing(): boolean {
    return this.#pressing;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#start = undefined;
    if (!this.#pressing) return;
    this.#pressing = false;
    this.acts.lifted();
  }

  readonly #down = (event: PointerEvent): void => {
    // A second finger is a gesture of another kind.
    if (event.pointerType !== "touch" || !event.isPrimary) return;
    this.end();
    this.#start = event;
    this.#timer = window.setTimeout(() => {
      this.#pressing = true;
      this.acts.pressed(event);
    }, LONG);
  };

  readonly #move = (event: PointerEvent): void => {
    const start = this.#start;
    if (!start || event.pointerId !== start.pointerId) return;
    if (this.#pressing) this.acts.moved(event);
    else if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > STILL)
      this.end();
  };

  readonly #up = (event: PointerEvent): void => {
    if (event.pointerId === this.#start?.pointerId) this.end();
  };

  readonly #touch = (event: Event): void => {
    if (this.#pressing && event.cancelable) event.preventDefault();
  };
}
