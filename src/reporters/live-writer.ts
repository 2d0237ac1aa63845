import type { Progress, RecordedEvent } from "../core/event.ts";
import { textWidth } from "./text-width.ts";
import { EMPTY_VIEW, reduceView } from "./live-view.ts";
import { renderFrame } from "./render-frame.ts";
import type { Output, Reporter, Ticker } from "./reporter.ts";
import type { Style } from "./style.ts";

/** A terminal we draw on. */
export interface Screen extends Output {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Ten frames a second at most. */
const FRAME_MS = 100;
const HIDE_CURSOR = "\u001B[?25l";
/* Clearing the screen from its first line would make some terminals keep each frame in their history. */
const [CLEAR_LINE, CLEAR_BELOW] = ["\u001B[K", "\u001B[J"];
const SHOW_CURSOR = "\u001B[?25h";
/** Terminals that know it show what is between at once; others ignore it. */
const [BEGIN, END] = ["\u001B[?2026h", "\u001B[?2026l"];
/* oxlint-disable-next-line no-control-regex -- measuring lines without the colours we put in */
const COLORS = /\u001B\[\d+m/g;

/**
 * Draws the live view in place: up, and over the last frame. Frames are drawn on ticks only, so any number of
 * events costs ten frames a second. What was said by `notice` stays above the view. The last frame stays on screen.
 */
export function createLiveWriter(
  screen: Screen,
  style: Omit<Style, "width">,
  ticker: Ticker,
): Reporter {
  let view = EMPTY_VIEW;
  let drawn: readonly string[] = [];
  let notices: readonly string[] = [];
  let open = true;

  const draw = (whole: boolean) => {
    const width = screen.columns ?? 80;
    const height = whole ? {} : { height: Math.max(3, (screen.rows ?? 24) - 1) };
    const frame = renderFrame(view, { ...style, ...height, width: width - 1, now: ticker.now() });
    if (notices.length === 0 && sameLines(frame, drawn)) return;
    const up = drawn.reduce((rows, line) => rows + rowsTaken(line, width), 0);
    const back = up > 0 ? `\u001B[${up}A\r` : "";
    const lines = [...notices, ...frame].map((line) => `${line}${CLEAR_LINE}\n`).join("");
    screen.write(`${BEGIN}${back}${lines}${CLEAR_BELOW}${END}`);
    drawn = frame;
    notices = [];
  };

  screen.write(HIDE_CURSOR);
  const stop = ticker.every(FRAME_MS, () => draw(false));
  const take = (input: RecordedEvent | Progress) => {
    view = reduceView(view, input);
  };
  return {
    event: take,
    past: take,
    progress: take,
    notice: (text) => {
      notices = [...notices, text];
      draw(false);
    },
    close: () => {
      if (!open) return;
      open = false;
      stop();
      draw(true);
      screen.write(`\n${SHOW_CURSOR}`);
    },
  };
}

const sameLines = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, index) => line === b[index]);

/** Rows a line takes now: more than one where the terminal became narrower since it was drawn. */
const rowsTaken = (line: string, width: number) =>
  Math.max(1, Math.ceil(textWidth(line.replace(COLORS, "").trimEnd()) / width));
