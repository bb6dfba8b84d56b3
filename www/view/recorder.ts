import { say } from "../messages/say.ts";

/** A recording from the microphone. Nothing of it leaves the page. */
export interface Recorder {
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Ends it; the samples, mixed down, at the rate that was asked for. */
  stop(): Promise<Float32Array>;
  /** Gives it up. */
  cancel(): void;
}

/** Starts to record; ends only when told. Throws a sentence where there is no microphone, or it is not allowed. */
export async function record(rate: number): Promise<Recorder> {
  const stream = await microphone();
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 256_000 });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const ended = new Promise<void>((done) => {
    recorder.onstop = () => done();
  });
  recorder.start();
  const letGo = () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  const heard = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(heard);
      return Math.min(
        1,
        heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
      );
    },
    stop: async () => {
      letGo();
      await ended;
      return decoded(await new Blob(pieces).arrayBuffer(), rate);
    },
    cancel: letGo,
  };
}

async function microphone(): Promise<MediaStream> {
  // Browsers show microphones to safe pages only.
  if (!navigator.mediaDevices?.getUserMedia) throw new Error(say.sound.noHttps);
  // The sound as it is: what is made for calls would tidy it up.
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new Error(refusal((error as DOMException).name));
  }
}

/** Why there is no sound, by the name of the browser's error. */
export function refusal(name: string): string {
  if (name === "NotAllowedError" || name === "SecurityError") return say.sound.refused;
  if (name === "NotFoundError") return say.sound.noMicrophone;
  return say.sound.unusable;
}

/** What a browser has recorded, as samples. */
async function decoded(bytes: ArrayBuffer, rate: number): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, rate);
  const buffer = await context.decodeAudioData(bytes).catch(() => undefined);
  if (!buffer) throw new Error(say.sound.tooShort);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, i) =>
    buffer.getChannelData(i),
  );
  return Float32Array.from(
    channels[0] as Float32Array,
    (_, t) => channels.reduce((sum, channel) => sum + (channel[t] as number), 0) / channels.length,
  );
}
