import { workText } from "../../core/work-text.ts";
import { composeLine, type Style } from "../style.ts";
import { percentText } from "./time-words.ts";

/** How far a search is: the best schedule so far, what none can beat, and how far the two are apart. */
export function progressLine(
  {
    makespan,
    bound,
    schedules,
  }: { readonly makespan: number; readonly bound: number; readonly schedules: number },
  style: Style,
): string {
  const gap = bound > 0 ? ((makespan - bound) / bound) * 100 : 0;
  return composeLine(style, [
    { text: `best ${workText(makespan)}`, tone: "strong" },
    { text: `, bound ${workText(bound)}, gap ${percentText(gap)}, ${Math.round(schedules)} tried` },
    { text: "; Ctrl-C takes the best so far", tone: "quiet" },
  ]);
}
