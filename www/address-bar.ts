/** Delay before the address follows what is shown, in ms: browsers limit how often it may change. */
const DELAY = 250;

/** The address of the page, as far as the page writes it itself: back and forward are for pages, undo is for edits. */
export class AddressBar {
  #timer = 0;
  /** What waits to be written. */
  #waiting: (() => string | undefined) | undefined;
  /** The address as it was last read or written here. */
  #address = "";

  constructor() {
    // Who reloads or leaves at once takes the last edit along.
    addEventListener("pagehide", () => {
      if (this.#waiting) this.now(this.#waiting());
    });
  }

  /** Reads the address; only this one is written over. */
  read(): string {
    this.#address = location.hash;
    return this.#address;
  }

  /** Writes in a while what `address` then says; nothing where it says nothing. */
  later(address: () => string | undefined): void {
    this.forget();
    this.#waiting = address;
    this.#timer = window.setTimeout(() => this.now(address()), DELAY);
  }

  now(address: string | undefined): void {
    this.forget();
    // An address that is new is on its way to be followed: it must not be written over.
    if (address === undefined || address === location.hash || location.hash !== this.#address)
      return;
    history.replaceState(null, "", address);
    this.#address = location.hash;
  }

  /** Gives up what waits to be written. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
  }
}
