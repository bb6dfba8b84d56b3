import type * as english from "../en/theory.ts";
import { count } from "./count.ts";

const spikes = (n: number) => count(n, "Spike", "Spikes");
const columns = (n: number) => count(n, "Spalte", "Spalten");

export const theory = {
  summary: "Was ist das für eine Matrix?",
  looking: "Alle Spalten werden untersucht …",
  leftOut: (what) => `Ausgelassen: ${what}`,
  none: "keiner",
  coherence: {
    name: "Kohärenz",
    text: (welch, promise) =>
      `Wie ähnlich sich die zwei ähnlichsten Spalten sind. Keine Matrix dieser Größe liegt unter ${welch}, der Welch-Schranke. ${promise}`,
  },
  promise: (sure, k) => {
    const whom = `Danach finden OMP und Basis Pursuit sicher jedes Signal mit bis zu ${spikes(sure)}`;
    if (k === null) return `${whom}.`;
    return k <= sure
      ? `${whom}: dieses mit ${k} gehört dazu.`
      : `${whom}. Über ${k} sagt sie nichts, weder ja noch nein.`;
  },
  babel: {
    name: "Babel-Funktion",
    text: (at, promise) =>
      `Wie sehr beliebige ${at} Spalten zusammen einer anderen gleichen können. ${promise}`,
    figure: (n, first, last) => `Babel-Funktion von 1 bis ${n} Spalten, von ${first} bis ${last}.`,
    caption: "$\\mu_1(k)$ über $k$; unter den Punkten, bei etwa ein halb, gilt das Versprechen",
  },
  isometry: {
    name: "Eingeschränkte Isometrie",
    text: (k, exact, enough, says) =>
      `Wie stark sich Längen bei Signalen mit ${k} Spikes ändern. ${exact ? "Über alle Träger" : "Durch Suche gefunden, also mindestens so groß"}. Basis Pursuit findet k Spikes sicher, wo $\\delta_{2k} < ${enough}$. ${says}`,
    open: (k) =>
      `Bis ${k} Spalten wurde nichts gefunden, das dagegen spricht; eine Suche kann es nicht beweisen.`,
    broken: (k, value) =>
      `Bei ${k} Spalten ist sie schon ${value}: für ${spikes(Math.ceil(k / 2))} oder mehr gibt diese Matrix kein solches Versprechen.`,
    holds: "Das gilt hier, für jedes Signal.",
  },
  spectrum: {
    name: "Spektrum",
    lost: "Rang verloren",
    flat: (largest) => `Alle Singulärwerte sind ${largest}: der Frame ist straff.`,
    range: (smallest, largest) =>
      `Die Singulärwerte gehen von ${smallest} bis ${largest}; ihr Verhältnis ist die Konditionszahl.`,
    step: (formula) => ` Gradientenschritte dürfen bis zu ${formula} lang sein.`,
    figure: (first, last) => `Singulärwerte, von ${first} hinab zu ${last}.`,
    caption: "$\\sigma_i$ über $i$",
  },
  erc: {
    name: "Koeffizient der exakten Rekonstruktion",
    dependent:
      "Die wahren Spalten sind linear abhängig: kein Verfahren kann ihre Werte unterscheiden.",
    below:
      "Unter 1: OMP und Basis Pursuit finden jedes Signal auf dem wahren Träger, was auch seine Werte sind.",
    above:
      "Mindestens 1: manche Werte auf dem wahren Träger lassen OMP eine falsche Spalte wählen. Diese müssen nicht solche sein.",
  },
  irrepresentability: {
    name: "Irrepräsentabilität",
    dependent: "Die wahren Spalten sind linear abhängig.",
    below:
      "Unter 1: ohne Rauschen findet Basis Pursuit genau dieses Signal, und bei wenig Rauschen findet das LASSO seinen Träger und die Vorzeichen.",
    above:
      "Mindestens 1: wenig Rauschen genügt, damit das LASSO einen falschen Eintrag aufnimmt. Ohne Rauschen entscheidet dieser Test nichts.",
  },
  dimension: {
    name: "Nötige Messungen",
    text: (rows, verdict) =>
      `Was Basis Pursuit von einer Gaußschen Matrix braucht, was auch die Werte sind. Hier sind es ${rows}: bei einer solchen Matrix ${
        {
          more: "ist der Erfolg so gut wie sicher",
          fewer: "ist der Misserfolg so gut wie sicher",
          near: "lässt die Theorie es, so nahe daran, offen",
        }[verdict]
      }.`,
  },
  noise: {
    name: "Rauschempfindlichkeit",
    endless:
      "Über dem Phasenübergang: der schlimmste Fehler des LASSO hat keine Schranke, wie klein das Rauschen auch ist.",
    text: "Der schlimmste mittlere quadratische Fehler des am besten eingestellten LASSO bei einer großen Gaußschen Matrix, geteilt durch die Varianz des Rauschens.",
  },
  support: {
    empty: "Der Träger an der Abspielmarke ist leer.",
    unknown: (n) => `Der Träger an der Abspielmarke, ${columns(n)}: nicht berechnet.`,
    dependent: (n) =>
      `Der Träger an der Abspielmarke, ${columns(n)}: seine Spalten sind linear abhängig.`,
    known: (n, value, within) =>
      `Der Träger an der Abspielmarke, ${columns(n)}: ${value}${within ? ", so dass OMP in ihm bliebe" : ""}.`,
  },
} satisfies typeof english.theory;

export const here = {
  map: (above) =>
    `Karte von m durch n gegen k durch m mit der l1-Schwelle; diese Ziehung liegt ${above ? "darüber" : "darunter"}`,
  youAre: (here) => ["Die Ziehung liegt ", here("hier"), ": "],
  threshold: (formula) => `Die $\\ell_1$-Schwelle ist ${formula}`,
  lies: (above) => ` für wachsendes n; diese Ziehung liegt ${above ? "darüber" : "darunter"}.`,
} satisfies typeof english.here;

export const path = {
  summary: "Welches $\\lambda$? Der ganze Pfad, und was die Regeln wählen",
  curved: "Bei komplexen Einträgen ist der Pfad gekrümmt; ihm wird hier nicht gefolgt.",
  following: "Dem Pfad wird gefolgt …",
  caption: (method) =>
    `Einträge von $\\hat x$ über $\\lambda / \\lambda_{\\max}$; ein Klick setzt es${method === undefined ? "" : ` für ${method}`}`,
  entriesOf: (n) => count(n, "Eintrag", "Einträge"),
  rule: "Regel",
  share: "Anteil am größten Strafparameter",
  entries: "Einträge",
  found: "gefunden",
  false: "falsch",
  asksFor: "was sie verlangt",
  figure: (entries, breakpoints) =>
    `Pfad des LASSO: ${entries} Einträge, die irgendwo nicht null sind, über ${breakpoints} Knickstellen.`,
  rules: {
    universal: { name: "universell", line: "σ√(2 log n): Rauschen allein übersteigt es fast nie" },
    sure: { name: "SURE", line: "kleinste erwartungstreue Schätzung des Vorhersagefehlers" },
    gcv: { name: "GCV", line: "kleinster Vorhersagefehler, ohne das Rauschen zu kennen" },
    cv: { name: "Kreuzvalidierung", line: "sagt ausgelassene Fünftel der Zeilen am besten vorher" },
    discrepancy: { name: "Diskrepanz", line: "lässt ein Residuum von der Größe des Rauschens" },
    aic: { name: "AIC", line: "kleinste Quadrate, 2 für jeden Eintrag" },
    bic: { name: "BIC", line: "kleinste Quadrate, log m für jeden Eintrag" },
    ebic: { name: "EBIC", line: "BIC, und ein Preis dafür, wie viele Träger es gibt" },
  },
} satisfies typeof english.path;
