/** Acts as soon as nothing else is to be done. What fails there is no loss that a person must hear of. */
export function whenIdle(act: () => Promise<void>): void {
  const idle = window.requestIdleCallback ?? ((callback: () => void) => setTimeout(callback, 1000));
  idle(() => void act().catch(() => undefined));
}
