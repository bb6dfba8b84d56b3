/** The factor by which several sounds fit between -1 and 1, one for all, so that none seems louder than it is. */
export function loudness(...sounds: ArrayLike<number>[]): number {
  let peak = 1;
  for (const sound of sounds)
    for (let t = 0; t < sound.length; t += 1) peak = Math.max(peak, Math.abs(sound[t] as number));
  return 1 / peak;
}
