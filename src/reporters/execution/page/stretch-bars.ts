import { formatDuration } from "../../../core/duration.ts";
import type { Stretch, TaskHistory } from "../../../history/execution/execution-history.ts";
import { mark } from "../../../schedule/report/drawing/drawing.ts";
import { element } from "../../../schedule/report/drawing/svg.ts";
import { tenth, type TimeAxis } from "./time-axis.ts";

/** How a stretch is drawn, and what it is called. */
const BARS: Readonly<
  Partial<Record<Stretch["status"], { readonly style: string; readonly words: string }>>
> = {
  running: { style: "work", words: "an agent at work" },
  verifying: { style: "verify", words: "checked and judged" },
  landing: { style: "landing", words: "on the way in" },
  blocked: { style: "asks", words: "waits for a person" },
  failed: { style: "again", words: "waits for the next attempt" },
};

export const BAR_LEGEND = [
  { style: "work", text: "an agent at work" },
  { style: "verify", text: "checked and judged" },
  { style: "landing", text: "waits to land, and lands" },
  { style: "asks", text: "waits for a person" },
  { style: "work lost", text: "an attempt that came to nothing" },
  { style: "again", text: "waits for the next attempt" },
].map(({ style, text }) => ({
  swatch: element(
    "g",
    { class: `run ${style}` },
    element("rect", { x: 1, y: 1, width: 26, height: 12 }),
  ),
  text,
}));

interface Placed {
  readonly axis: TimeAxis;
  readonly startedAt: number;
  readonly until: number;
  readonly y: number;
  readonly height: number;
}

const NARROWEST = 1.5;

/** The bars of a task, each told by what it was, from when, how long. `only`: which of its stretches. */
export function stretchBars(
  { planned, stretches, attempts, status, retryAt }: TaskHistory,
  { axis, startedAt, until, y, height }: Placed,
  only: (stretch: Stretch) => boolean = () => true,
): string {
  const lost = new Map(
    attempts.flatMap(({ number, last, reason }) =>
      last === "failed" || last === "conflicted" || last === "canceled"
        ? [[number, reason?.message ?? last] as const]
        : [],
    ),
  );
  return stretches
    .map((stretch, index) => {
      const isCheck = planned.kind === "verification" && stretch.status === "running";
      const bar = BARS[isCheck ? "verifying" : stretch.status];
      if (!bar || !only(stretch)) return "";
      const isLast = index === stretches.length - 1;
      // What failed for good waits for nothing by itself.
      if (stretch.status === "failed" && isLast && status === "failed" && retryAt === undefined)
        return "";
      const to = stretch.to ?? until;
      const why = stretch.lane === undefined ? undefined : lost.get(stretch.attempt);
      const from = axis.x(stretch.from - startedAt);
      const title = [
        `${planned.key} ${planned.title}`,
        `attempt ${stretch.attempt}: ${bar.words}${stretch.lane === undefined ? "" : `, worker ${stretch.lane}`}`,
        `from ${formatDuration(stretch.from - startedAt)} for ${formatDuration(to - stretch.from)}`,
        ...(why === undefined ? [] : [`came to nothing: ${why}`]),
      ].join("; ");
      return mark(
        `run ${bar.style}${why === undefined ? "" : " lost"}`,
        title,
        element("rect", {
          x: tenth(from),
          y,
          width: tenth(Math.max(NARROWEST, axis.x(to - startedAt) - from)),
          height,
        }),
      );
    })
    .join("");
}
