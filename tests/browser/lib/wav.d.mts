export function wav(rate: number, ...sounds: number[][]): Uint8Array;
export function chord(rate: number, seconds: number): number[];
