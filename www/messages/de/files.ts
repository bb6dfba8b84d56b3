import type * as english from "../en/files.ts";
import { count } from "./count.ts";

export const files = {
  roles: {
    truth: "Signal",
    measurements: "Messungen",
    matrix: "Messmatrix",
    sound: "Ton",
  },
  isReadAs: (reading) => ` wird gelesen als ${reading}`,
  readAs: (role) => `Als ${role} lesen`,
  closeNote: "Diesen Hinweis schließen",
  spec: "Spec",
  signal: (entries, rows) =>
    `ein Signal mit ${count(entries, "Eintrag", "Einträgen")}${rows === undefined ? "" : `, ${rows}-mal gemessen`}.`,
  measurements: (rows) => `${count(rows, "Messung", "Messungen")}.`,
  told: (methods, sparsity) =>
    ` Wie viele Spikes sie enthalten, ist unbekannt: ${methods.join(" und ")} ${methods.length > 1 ? "sind" : "ist"} auf ${sparsity} gesetzt, ein Viertel davon.`,
  matrix: (rows, cols, kept) =>
    `eine Matrix mit ${rows} Zeilen und ${cols} Spalten${kept ? ", mit den Messungen von vorher" : ""}.`,
  sound: (seconds) => `ein Ton von ${seconds} s.`,
  cutSound: (seconds, most) => `ein Ton von ${seconds} s, gekürzt auf die ersten ${most} s.`,
  piece: (samples, seconds, rows) =>
    `ein Signal mit ${samples} Abtastwerten, die lautesten ${seconds} s, ${rows}-mal gemessen.`,
  picture: (side, rows) =>
    `ein graues Bild von ${side} mal ${side} Pixeln, die quadratische Mitte${rows === undefined ? "" : `, ${rows}-mal gemessen`}.`,
  tooLarge: (file, megabytes) =>
    `${file} ist größer als ${megabytes} MB. Dafür gibt es die Kommandozeile.`,
  noPictures: (file) => `Dieses Exponat nimmt keine Bilder wie ${file}.`,
  noNumbers: (file) =>
    `Dieses Exponat nimmt keine Zahlen aus Dateien, nur eine Spec: ${file} ist keine.`,
  tableTooLarge: (rows, cols) =>
    `Eine Tabelle von ${rows} mal ${cols} ist zu groß für ein Signal, für Messungen und für eine Matrix.`,
  notJson: (file) => `${file} ist kein JSON.`,
  notSpec: (file) => `${file} ist keine Spec: ein Objekt mit v, problem und methods.`,
  notPicture: (file) => `${file} ist kein Bild, das der Browser lesen kann.`,
  black: (file) => `${file} ist überall schwarz.`,
  notOneRow: (file, rows, cols) =>
    `${file} hat ${rows} Zeilen mit ${cols} Zahlen; ein Ton ist eine Zeile oder eine Spalte.`,
  shorter: (file, least) => `${file} ist kürzer als ${least} s.`,
  silent: (file) => `${file} ist stumm.`,
} satisfies typeof english.files;
