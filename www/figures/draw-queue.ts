/**
 * Time that drawing may take of one frame, in ms. What does not fit waits for the next frame, so that the page
 * answers also when all its figures change at once.
 */
const BUDGET = 6;

const waiting = new Set<() => void>();
const afterwards: (() => void)[] = [];
let frame: CSSNumberish | null = null;
let spent = 0;

/** Draws now if this frame has time left, else in one of the next: first come, first drawn. */
export function draw(job: () => void): void {
  if (waiting.has(job)) return;
  if (left() > 0) run(job);
  else {
    waiting.add(job);
    if (waiting.size === 1) requestAnimationFrame(flush);
  }
}

/** Takes back what is not drawn yet. */
export function withdraw(job: () => void): void {
  waiting.delete(job);
}

/** Calls back once nothing waits to be drawn. */
export function whenDrawn(callback: () => void): void {
  if (waiting.size === 0) callback();
  else afterwards.push(callback);
}

function left(): number {
  const now = document.timeline.currentTime;
  if (now !== frame) [frame, spent] = [now, 0];
  return BUDGET - spent;
}

function run(job: () => void): void {
  const begin = performance.now();
  job();
  spent += performance.now() - begin;
}

/** One job at least, however busy the frame: nothing waits for ever. */
function flush(): void {
  for (const job of waiting) {
    waiting.delete(job);
    run(job);
    if (left() <= 0) break;
  }
  if (waiting.size > 0) requestAnimationFrame(flush);
  else for (const callback of afterwards.splice(0)) callback();
}
