import { count } from "./count.ts";

/** What files are read as, and why some are not. Readings follow "FILE is read as". */
export const files = {
  roles: {
    truth: "the signal",
    measurements: "measurements",
    matrix: "the matrix",
    sound: "a sound",
  },
  isReadAs: (reading: string) => ` is read as ${reading}`,
  readAs: (role: string) => `Read it as ${role}`,
  closeNote: "Close this note",
  spec: "a Spec",
  signal: (entries: number, rows: number | undefined) =>
    `a signal of ${count(entries, "entry", "entries")}${rows === undefined ? "" : `, measured ${count(rows, "time", "times")}`}.`,
  measurements: (rows: number) => `${count(rows, "measurement", "measurements")}.`,
  told: (methods: string[], sparsity: number) =>
    ` How many spikes they hold is not known: ${methods.join(" and ")} ${methods.length > 1 ? "are" : "is"} set to ${sparsity}, a quarter of them.`,
  matrix: (rows: number, cols: number, kept: boolean) =>
    `a matrix of ${rows} rows and ${cols} columns${kept ? ", with the measurements from before" : ""}.`,
  sound: (seconds: string) => `a sound of ${seconds} s.`,
  cutSound: (seconds: string, most: string) =>
    `a sound of ${seconds} s, cut to its first ${most} s.`,
  piece: (samples: number, seconds: string, rows: number) =>
    `a signal of ${samples} samples, its loudest ${seconds} s, measured ${rows} times.`,
  picture: (side: number, rows: number | undefined) =>
    `a grey picture of ${side} by ${side} pixels, its square middle${rows === undefined ? "" : `, measured ${rows} times`}.`,
  tooLarge: (file: string, megabytes: number) =>
    `${file} is larger than ${megabytes} MB. Use the command line for it.`,
  noPictures: (file: string) => `This exhibit takes no pictures, such as ${file}.`,
  noNumbers: (file: string) =>
    `This exhibit takes no numbers from files, but a Spec: ${file} is none.`,
  tableTooLarge: (rows: number, cols: number) =>
    `A table of ${rows} by ${cols} is too large for a signal, for measurements and for a matrix.`,
  notJson: (file: string) => `${file} is not JSON.`,
  notSpec: (file: string) => `${file} is not a Spec: an object with v, problem and methods.`,
  notPicture: (file: string) => `${file} is not a picture that the browser can read.`,
  black: (file: string) => `${file} is black everywhere.`,
  notOneRow: (file: string, rows: number, cols: number) =>
    `${file} has ${rows} rows of ${cols} numbers; a sound is one row or one column.`,
  shorter: (file: string, least: string) => `${file} is shorter than ${least} s.`,
  silent: (file: string) => `${file} is silent.`,
};
