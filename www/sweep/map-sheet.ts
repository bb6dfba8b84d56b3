/** Room above the map for its title and its scale, in px. */
const HEAD = 40;
/** The scale: width, height, and the room for the words at its right end, in px. */
const SCALE = { width: 110, height: 12, end: 52 };
const FONT = '"Source Sans 3 Variable", "Source Sans 3", sans-serif';

/** What a map says around its picture, in plain words. */
export interface Words {
  title: string;
  across: string;
  up: string;
  /** What stands at the ends of the colours. */
  ends: [low: string, high: string];
}

/** How a sheet looks: colours from low to high, those of letters and paper. */
export interface Colours {
  scale: string[];
  ink: string;
  paper: string;
}

interface Text {
  words: string;
  x: number;
  y: number;
  size: number;
  anchor: "start" | "middle" | "end";
  upright?: boolean;
}

/** A map on a sheet of its own: what the page says in its own letters is part of the picture. */
export class MapSheet {
  readonly width: number;
  readonly height: number;
  readonly #texts: Text[];
  readonly #bar: { x: number; y: number };

  /** `plot` is the size of the map's picture. Its margins have room for the names of the axes. */
  constructor(
    words: Words,
    private readonly colours: Colours,
    plot: { width: number; height: number; bottom: number },
  ) {
    this.width = plot.width;
    this.height = HEAD + plot.height;
    const left = this.width - SCALE.end - SCALE.width;
    this.#bar = { x: left, y: 14 };
    const middle = HEAD + (plot.height - plot.bottom) / 2;
    const { title, across, up, ends } = words;
    this.#texts = [
      { words: title, x: 8, y: 25, size: 15, anchor: "start" },
      { words: ends[0], x: left - 6, y: 25, size: 12, anchor: "end" },
      { words: ends[1], x: left + SCALE.width + 6, y: 25, size: 12, anchor: "start" },
      { words: across, x: this.width - 8, y: this.height - 5, size: 13, anchor: "end" },
      { words: up, x: 13, y: middle, size: 13, anchor: "middle", upright: true },
    ];
  }

  /** The sheet as SVG around a picture that is one; its words are text. */
  svg(picture: string): string {
    const { scale, ink, paper } = this.colours;
    const stops = scale.map(
      (colour, i) => `<stop offset="${i / (scale.length - 1)}" stop-color="${colour}"/>`,
    );
    const texts = this.#texts.map(({ words, x, y, size, anchor, upright }) => {
      const turn = upright ? ` transform="rotate(-90 ${x} ${y})"` : "";
      return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}"${turn}>${escaped(words)}</text>`;
    });
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">`,
      `<defs><linearGradient id="scale">${stops.join("")}</linearGradient></defs>`,
      `<rect width="${this.width}" height="${this.height}" fill="${paper}"/>`,
      `<rect x="${this.#bar.x}" y="${this.#bar.y}" width="${SCALE.width}" height="${SCALE.height}" fill="url(#scale)"/>`,
      picture.replace(/^[\s\S]*?<svg /, `<svg y="${HEAD}" `).trimEnd(),
      `<g font-family="${escaped(FONT)}" fill="${ink}">${texts.join("")}</g>`,
      "</svg>\n",
    ].join("\n");
  }

  /** The sheet as pixels, `ratio` of them to one of CSS, around a picture that has as many. */
  paint(picture: HTMLCanvasElement, ratio: number): HTMLCanvasElement {
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [picture.width, picture.height + Math.round(HEAD * ratio)];
    const context = sheet.getContext("2d");
    if (!context) return picture;
    const { scale, ink, paper } = this.colours;
    context.fillStyle = paper;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(picture, 0, Math.round(HEAD * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { x, y } = this.#bar;
    const colours = context.createLinearGradient(x, 0, x + SCALE.width, 0);
    for (const [i, colour] of scale.entries()) colours.addColorStop(i / (scale.length - 1), colour);
    context.fillStyle = colours;
    context.fillRect(x, y, SCALE.width, SCALE.height);
    context.fillStyle = ink;
    for (const text of this.#texts) {
      context.save();
      context.translate(text.x, text.y);
      if (text.upright) context.rotate(-Math.PI / 2);
      context.font = `${text.size}px ${FONT}`;
      context.textAlign = text.anchor === "middle" ? "center" : text.anchor;
      context.fillText(text.words, 0, 0);
      context.restore();
    }
    return sheet;
  }
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(words: string): string {
  return words.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
