import type { Point } from "../spec/curve.ts";
import {
  type Brush,
  beginLine,
  brushed,
  continueLine,
  endLine,
  type LineStroke,
  nonnegative,
  type Painting,
} from "../spec/paint.ts";

/** Time between two runs while a stroke goes on, in ms: long enough for the first steps of one to be seen. */
const PACE = 160;

/** A stroke as it goes: on a picture with a round brush, on a line without one. The Spec hears of it now and then. */
export class PaintStroke {
  values: ArrayLike<number>;
  /** Whether the Spec has heard of it. */
  told = false;
  #last: Point;
  #line: LineStroke | undefined;
  #timer = 0;

  constructor(
    readonly painting: Painting,
    at: Point,
    /** The round brush; it may change on the way. */
    public brush: Brush | undefined,
    straight: boolean,
    private readonly write: (painting: Painting) => void,
  ) {
    this.#last = at;
    this.#line = brush ? undefined : beginLine(painting.values, at, straight);
    this.values = this.#line?.values ?? painting.values;
    this.#paint(at);
  }

  /** On to a place; `straight` makes one piece of it. */
  go(at: Point, straight: boolean): void {
    this.#line &&= continueLine(this.#line, at, straight);
    this.values = this.#line?.values ?? this.values;
    this.#paint(at);
  }

  /** Values that keys have drawn: nothing of them is a tremor. */
  set(values: readonly number[]): void {
    this.#line = undefined;
    this.values = nonnegative(values);
    this.#tellSoon();
  }

  end(): void {
    if (this.#line) this.values = endLine(this.#line);
    this.#tell();
  }

  /** Gives up what the Spec has not heard of. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #paint(at: Point): void {
    const { painting, brush, values } = this;
    if (brush) this.values = brushed({ ...painting, values }, this.#last, at, brush);
    this.#last = at;
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#timer === 0) this.#timer = window.setTimeout(() => this.#tell(), PACE);
  }

  #tell(): void {
    this.stop();
    this.told = true;
    this.write({ ...this.painting, values: this.values });
  }
}
