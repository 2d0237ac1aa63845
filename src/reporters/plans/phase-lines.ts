import { oneLine } from "../../core/text.ts";
import type { PhaseDetail, PhasesAnswer } from "../../plan/answers/phases-answer.ts";
import { plural } from "../figure-lines.ts";
import { paint, wrapText, type Style } from "../style.ts";
import { headLines, keyColumns, keysText, keyText } from "./plan-words.ts";
import { phaseLine } from "./status-lines.ts";
import { workText } from "../../core/work-text.ts";

/** The phases, each with what it waits for, what verifies it, and how wide it is. */
export function phasesLines({ plan, phases }: PhasesAnswer, style: Style): string[] {
  const columns = keyColumns(
    phases.map(({ key }) => key),
    6,
  );
  return [
    ...headLines(plan, style),
    "",
    ...(phases.length === 0 ? [" This plan has no phases."] : []),
    ...phases.flatMap((phase) => [
      phaseLine(phase, columns, style),
      ...factsOf(phase).flatMap((fact) =>
        wrapText(fact, Math.max(20, style.width - columns - 6)).map((line) =>
          paint(style, "quiet", `${" ".repeat(columns + 5)}${line}`),
        ),
      ),
    ]),
  ];
}

function factsOf(phase: PhaseDetail): string[] {
  const { after, startsWhen, sequences, verifications, parallel, width, estimate, tally } = phase;
  const waits = after.map(({ phase: key, origin }) => `${keyText(key)} (${origin})`).join(", ");
  return [
    ...(phase.objective === null ? [] : [oneLine(phase.objective, 300)]),
    ...(waits === "" ? [] : [`after ${waits}`]),
    ...(startsWhen.length === 0
      ? []
      : [`begins when ${keysText(startsWhen.map(({ task }) => task))} is done`]),
    ...verifications.map(({ key, ticked, criteria, blocking }) =>
      `${keyText(key)}: ${criteria === 0 ? "no boxes" : `${ticked} of ${plural(criteria, "criterion")} ticked`}${blocking ? "" : ", holds nothing back"}`.replace(
        "criterions",
        "criteria",
      ),
    ),
    ...sequences.map(
      ({ range, reason }) =>
        `${oneLine(range, 80)} one at a time${reason === "" ? "" : `: ${oneLine(reason, 200)}`}`,
    ),
    [
      ...(tally.tasks > 1 ? [`at most ${width} at once`] : []),
      ...(parallel === null ? [] : [`${parallel} marked parallel`]),
      ...(estimate === null ? [] : [`${workText(estimate.minutes)} (${estimate.source})`]),
    ].join("; "),
  ].filter((fact) => fact !== "");
}
