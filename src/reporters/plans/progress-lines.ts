import { oneLine } from "../../core/text.ts";
import type { ProgressAnswer } from "../../plan/answers/progress-answer.ts";
import { composeLine, type Style, type Tone } from "../style.ts";
import { differsLines, keysText, progressBar, tallyText } from "./plan-words.ts";

const STATES: Readonly<Record<ProgressAnswer["state"], readonly [string, Tone]>> = {
  pending: ["not begun", "quiet"],
  "in-progress": ["in progress", "accent"],
  blocked: ["blocked", "bad"],
  completed: ["completed", "good"],
};

/** How far a plan is, in two lines. */
export function progressLines(answer: ProgressAnswer, style: Style): string[] {
  const { plan, tally, phases, tasks } = answer;
  const [state, tone] = STATES[answer.state];
  const running = tasks.filter((task) => task.state === "in-progress").map(({ key }) => key);
  const phase = phases.find((one) => one.tally.percent < 100);
  return [
    ...differsLines(plan, style),
    composeLine(style, [
      ...progressBar(tally, 20, style),
      { text: `  ${tallyText(tally)}`, tone: "strong" },
      { text: `  ${state}`, tone },
    ]),
    composeLine(style, [
      { text: oneLine(plan.name, 200), tone: "quiet" },
      {
        text:
          phase === undefined
            ? ""
            : `  phase ${oneLine(phase.key, 20)}: ${oneLine(phase.title, 100)}`,
      },
      { text: running.length === 0 ? "" : `  now ${keysText(running, 4)}`, tone: "accent" },
    ]),
  ];
}
