/** A WAV file of 16 bits; `sounds` are the channels, between -1 and 1. */
export function wav(rate, ...sounds) {
  const [channels, frames] = [sounds.length, sounds[0].length];
  const data = Buffer.alloc(2 * channels * frames);
  for (let t = 0; t < frames; t += 1)
    sounds.forEach((sound, i) => {
      data.writeInt16LE(Math.round(32767 * sound[t]), 2 * (t * channels + i));
    });
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * channels * rate, 28);
  header.writeUInt16LE(2 * channels, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** A chord of so many seconds that dies away. */
export function chord(rate, seconds) {
  const tone = (t, hertz) => Math.sin((2 * Math.PI * hertz * t) / rate);
  return Array.from(
    { length: Math.round(rate * seconds) },
    (_, t) => 0.25 * Math.exp(-t / rate) * (tone(t, 220) + tone(t, 330) + tone(t, 440)),
  );
}
