import { fitText, padText, textWidth } from "./text-width.ts";

/** What the place we print to can show. */
export interface Style {
  readonly color: boolean;
  /** False where only ASCII is sure to be shown. */
  readonly unicode: boolean;
  /** Columns of a line. */
  readonly width: number;
}

/** What a piece of text means; how that looks is decided here alone. */
export type Tone = "plain" | "strong" | "quiet" | "good" | "bad" | "warn" | "accent";

const SGR: Readonly<Record<Tone, readonly [string, string]>> = {
  plain: ["", ""],
  strong: ["\u001B[1m", "\u001B[22m"],
  quiet: ["\u001B[2m", "\u001B[22m"],
  good: ["\u001B[32m", "\u001B[39m"],
  bad: ["\u001B[31m", "\u001B[39m"],
  warn: ["\u001B[33m", "\u001B[39m"],
  accent: ["\u001B[36m", "\u001B[39m"],
};

export const paint = (style: Pick<Style, "color">, tone: Tone, text: string): string =>
  style.color && tone !== "plain" && text !== "" ? SGR[tone].join(text) : text;

export interface Symbols {
  readonly good: string;
  readonly bad: string;
  readonly partial: string;
  readonly pending: string;
  readonly retry: string;
  readonly gate: string;
  readonly dot: string;
  readonly rule: string;
  readonly bar: string;
  readonly skipped: string;
  /** What a bar of progress is made of: done, and left. */
  readonly full: string;
  readonly rest: string;
  readonly arrow: string;
  /** Put where text was cut. */
  readonly cut: string;
  readonly spinner: readonly string[];
}

const UNICODE: Symbols = {
  good: "✔",
  bad: "✖",
  partial: "◐",
  pending: "·",
  retry: "↻",
  gate: "◆",
  dot: "·",
  rule: "─",
  bar: "│",
  skipped: "⊘",
  full: "█",
  rest: "░",
  arrow: "→",
  cut: "…",
  spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

const ASCII: Symbols = {
  good: "+",
  bad: "x",
  partial: "~",
  pending: ".",
  retry: "r",
  gate: "?",
  dot: "-",
  rule: "-",
  bar: "|",
  skipped: "/",
  full: "#",
  rest: ".",
  arrow: "->",
  cut: "~",
  spinner: ["|", "/", "-", "\\"],
};

export const symbolsOf = (style: Pick<Style, "unicode">): Symbols =>
  style.unicode ? UNICODE : ASCII;

/** A piece of a line: its text takes `columns` exactly, or as many as it needs. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
  readonly columns?: number;
  readonly align?: "left" | "right";
}

/** Cells side by side, cut where the style's width ends. Text must be inert. */
export function composeLine(style: Style, cells: readonly Cell[]): string {
  const { cut } = symbolsOf(style);
  let room = style.width;
  let line = "";
  for (const cell of cells) {
    const columns = Math.min(room, cell.columns ?? textWidth(cell.text));
    const text = alignText(cell, columns, cut);
    line += paint(style, cell.tone ?? "plain", text);
    room -= columns;
  }
  return style.color ? line : line.trimEnd();
}

function alignText(cell: Cell, columns: number, cut: string): string {
  if (cell.align !== "right") return padText(cell.text, columns, cut);
  const fitted = fitText(cell.text, columns, cut);
  return " ".repeat(Math.max(0, columns - textWidth(fitted))) + fitted;
}

/** Units that stay on the line of their figure. */
const UNITS: ReadonlySet<string> = new Set([
  "ms",
  "s",
  "m",
  "min",
  "h",
  "d",
  "%",
  "kB",
  "MB",
  "GB",
]);

/** What is between blanks; a figure and its unit are one. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const before = words.at(-1);
    const unit = UNITS.has(word.replace(/[.,;:)]{1,3}$/, ""));
    if (unit && before !== undefined && /^[^a-z]*\d$/i.test(before))
      words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return words;
}

/** Break prose at blanks into lines of at most `columns`; a longer word is cut into pieces. */
export function wrapText(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(text)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    for (;;) {
      const head = fitText(line, columns, "");
      if (head === line || head === "") break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line === "" ? lines : [...lines, line];
}
