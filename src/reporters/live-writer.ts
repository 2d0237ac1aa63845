import type { Progress, RecordedEvent } from "../core/event.ts";
import { createInPlace, type Screen } from "./in-place.ts";
import { FollowedRun } from "./followed-run.ts";
import type { Reporter, Ticker } from "./reporter.ts";
import type { Style } from "./style.ts";

/** Ten frames a second at most. */
const FRAME_MS = 100;

/**
 * Draws the live view in place. Frames are drawn on ticks only, so any number of events costs ten frames a second. What
 * was said by `notice` stays above the view. The last frame stays on screen.
 */
export function createLiveWriter(
  screen: Screen,
  style: Omit<Style, "width">,
  ticker: Ticker,
): Reporter {
  const run = new FollowedRun();
  let notices: readonly string[] = [];
  let open = true;
  const place = createInPlace(screen);

  const draw = (whole: boolean) => {
    const width = screen.columns ?? 80;
    const height = whole ? {} : { height: Math.max(3, (screen.rows ?? 24) - 1) };
    const frame = run.frame({ ...style, ...height, width: width - 1, now: ticker.now() });
    place.draw(frame, notices);
    notices = [];
  };

  const stop = ticker.every(FRAME_MS, () => draw(false));
  const take = (input: RecordedEvent | Progress) => run.take(input);
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
      place.close();
    },
  };
}
