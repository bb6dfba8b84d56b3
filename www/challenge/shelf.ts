import { BEAT_GAUSSIAN } from "../challenges/beat-gaussian.ts";
import { BLIND_LAMBDA } from "../challenges/blind-lambda.ts";
import { FEWEST_MEASUREMENTS } from "../challenges/fewest-measurements.ts";
import type { Challenge } from "./challenge.ts";

/** The challenges that ship with the page, in their order. */
export const CHALLENGES: readonly Challenge[] = [FEWEST_MEASUREMENTS, BEAT_GAUSSIAN, BLIND_LAMBDA];
