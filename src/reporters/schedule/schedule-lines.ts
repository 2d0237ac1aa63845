import { oneLine } from "../../core/text.ts";
import type { ScheduleAnswer } from "../../schedule/answers/schedule-answer.ts";
import { heading } from "../heading.ts";
import { paint, wrapText, type Style, type Tone } from "../style.ts";
import { chainLines } from "./chain-lines.ts";
import { ganttLines } from "./gantt-lines.ts";
import { labelled, titleLine } from "./labelled.ts";
import { outputLines } from "./output-lines.ts";
import { problemLines } from "./problem-lines.ts";
import { counted, figure, percentText, spanText, thousands, timeText } from "./time-words.ts";

/** A schedule for people, at the width of the terminal. */
export function scheduleLines(answer: ScheduleAnswer, style: Style): readonly string[] {
  const problems = problemLines(answer, style);
  const gantt = ganttLines(answer, style);
  return [
    ...headLines(answer, style),
    "",
    ...figureLines(answer, style),
    "",
    ...(gantt.length > 0 ? [heading("Who is busy when", style), ...gantt, ""] : []),
    heading("Critical chain: what the end hangs on", style),
    ...chainLines(answer.chain, style),
    ...(problems.length > 0 ? ["", ...problems] : []),
    ...outputLines(answer.written, style),
  ];
}

function headLines({ plan, staffing, teams, ...answer }: ScheduleAnswer, style: Style): string[] {
  const count = (kind: "people" | "agents") =>
    teams.reduce((sum, team) => sum + (team.kind === kind ? team.people.length : 0), 0);
  const [people, agents] = [count("people"), count("agents")];
  const heads = [
    ...(people > 0 ? [counted(people, "person", "people")] : []),
    ...(agents > 0 ? [counted(agents, "AI agent", "AI agents")] : []),
  ].join(" and ");
  const who =
    heads === ""
      ? "resources only, nobody is asked for"
      : staffing.file === null
        ? heads
        : `${heads} in ${counted(teams.length, "team", "teams")} (${oneLine(staffing.file, 100)})`;
  const done = answer.done > 0 ? `, ${answer.done} of them done` : "";
  const what = `${oneLine(plan.file, 200)}: ${counted(answer.activities, "activity", "activities")}${done}; ${who}`;
  return [
    titleLine(plan, style),
    ...wrapText(what, style.width).map((line) => paint(style, "quiet", line)),
  ];
}

function figureLines(answer: ScheduleAnswer, style: Style): string[] {
  const { forecast, efficiency, zone, makespan } = answer;
  const row = (label: string, text: string, tone: Tone = "plain") =>
    labelled({ label, text, tone }, style);
  const kept = forecast.byDeadline ?? 0;
  return [
    ...row("start", timeText(answer.start)),
    ...row("finish", `${timeText(answer.finish)} ${zone}, after ${spanText(makespan)}`, "strong"),
    ...row("bound", boundText(answer)),
    ...row("P50", timeText(forecast.p50)),
    ...row("P80", timeText(forecast.p80)),
    ...row(
      "P95",
      `${timeText(forecast.p95)}; the finish above is kept in ${percentText(Math.round(forecast.onTime * 100))} of ${thousands(forecast.runs)} runs`,
    ),
    ...(forecast.deadline === null
      ? []
      : row(
          "deadline",
          `${timeText(forecast.deadline)}, kept in ${percentText(Math.round(kept * 100))} of the runs`,
          kept < 0.8 ? "warn" : "plain",
        )),
    ...row(
      "speed-up",
      `${figure(efficiency.speedUp)} times: ${spanText(efficiency.sequential)} one after the other, ${percentText(efficiency.saved)} saved`,
    ),
    ...usedLines(answer, style),
    ...proofLines(answer.effort.proof, style),
    ...row("search", effortText(answer.effort), answer.effort.stopped ? "warn" : "plain"),
  ];
}

/** Nothing where nobody is asked for. */
const usedLines = ({ teams, efficiency }: ScheduleAnswer, style: Style): readonly string[] =>
  teams.length === 0
    ? []
    : labelled(
        {
          label: "used",
          text: `${percentText(efficiency.utilisation)} of everybody's time; coordination takes ${percentText(efficiency.overhead)} of the work`,
          tone: "plain",
        },
        style,
      );

/** What was tried to prove it; nothing where that was not asked for. */
function proofLines(proof: ScheduleAnswer["effort"]["proof"], style: Style): readonly string[] {
  if (!proof) return [];
  const by = proof.by === "minizinc" ? "MiniZinc" : "bounds";
  const text =
    proof.state === "proved"
      ? `by ${by}: no schedule is shorter`
      : `not proved by ${by}: ${oneLine(proof.note ?? "open", 200)}`;
  const hint =
    proof.hint === null ? [] : labelled({ label: "", text: proof.hint, tone: "quiet" }, style);
  return [...labelled({ label: "proof", text, tone: "plain" }, style), ...hint];
}

const boundText = ({ bound, gap, proved }: ScheduleAnswer): string =>
  proved
    ? `${spanText(bound)}: no schedule is shorter`
    : `${spanText(bound)}: none is shorter than that, this one is ${percentText(gap)} longer`;

function effortText({ schedules, seed, budget, stopped }: ScheduleAnswer["effort"]): string {
  const made = `${thousands(schedules)} ${schedules > 1 ? "schedules" : "schedule"} tried, seed ${seed}`;
  if (stopped) return `${made}; stopped: this is the best so far`;
  return budget.kind === "time"
    ? `${made}, in ${figure(budget.ms / 1_000)} s; how many that are differs from time to time`
    : made;
}
