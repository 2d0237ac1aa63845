import type { Output } from "./reporter.ts";
import { textWidth } from "./text-width.ts";

/** A terminal we draw on. */
export interface Screen extends Output {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

const HIDE_CURSOR = "\u001B[?25l";
const SHOW_CURSOR = "\u001B[?25h";
/* Clearing the screen from its first line would make some terminals keep each frame in their history. */
const [CLEAR_LINE, CLEAR_BELOW] = ["\u001B[K", "\u001B[J"];
/** Terminals that know it show what is between at once; others ignore it. */
const [BEGIN, END] = ["\u001B[?2026h", "\u001B[?2026l"];
/* oxlint-disable-next-line no-control-regex -- measuring lines without the colours we put in */
const COLORS = /\u001B\[\d+m/g;

/** Lines that are drawn over each other. */
export interface InPlace {
  /** Draw these over the last ones, unless they are the same; `above` stays on screen above them. */
  draw(lines: readonly string[], above?: readonly string[]): void;
  /** Leave what was drawn last, and give the cursor back. */
  close(): void;
}

/** Draws in place: up, and over what is there, so that nothing flickers. Hides the cursor until it is closed. */
export function createInPlace(screen: Screen): InPlace {
  let drawn: readonly string[] = [];
  let open = true;
  screen.write(HIDE_CURSOR);
  return {
    draw(lines, above = []) {
      if (above.length === 0 && sameLines(lines, drawn)) return;
      const width = screen.columns ?? 80;
      const up = drawn.reduce((rows, line) => rows + rowsTaken(line, width), 0);
      const back = up > 0 ? `\u001B[${up}A\r` : "";
      const text = [...above, ...lines].map((line) => `${line}${CLEAR_LINE}\n`).join("");
      screen.write(`${BEGIN}${back}${text}${CLEAR_BELOW}${END}`);
      drawn = lines;
    },
    close() {
      if (!open) return;
      open = false;
      screen.write(`\n${SHOW_CURSOR}`);
    },
  };
}

const sameLines = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, index) => line === b[index]);

/** Rows a line takes now: more than one where the terminal became narrower since it was drawn. */
const rowsTaken = (line: string, width: number) =>
  Math.max(1, Math.ceil(textWidth(line.replace(COLORS, "").trimEnd()) / width));
