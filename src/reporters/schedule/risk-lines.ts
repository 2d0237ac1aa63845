import { oneLine } from "../../core/text.ts";
import type { RisksAnswer } from "../../schedule/answers/change-answers.ts";
import type { MitigationStrategy, Risk, RiskLevel } from "../../schedule/strategy/risks/risk.ts";
import { heading } from "../heading.ts";
import { composeLine, paint, type Style, type Tone } from "../style.ts";
import { labelled, prose, titleLine } from "./labelled.ts";
import { counted, percentText, spanText } from "./time-words.ts";

/** Risks that are shown whole. */
const MOST = 8;

const TONES: Readonly<Record<RiskLevel, Tone>> = { high: "bad", medium: "warn", low: "quiet" };

/** The risk register for people, worst first. */
export function riskLines({ plan, register }: RisksAnswer, style: Style): readonly string[] {
  const { risks, coverage, strategies } = register;
  const given = risks.filter(({ source }) => source.kind === "given").length;
  const hidden = risks.length - MOST;
  const high = risks.filter(({ level }) => level === "high").length;
  return [
    titleLine(plan, style),
    ...prose(
      `${counted(risks.length, "risk", "risks")}${given > 0 ? ` (${given} named by the plan itself)` : ""}, ${high} high; ${coverage.mitigated} of ${coverage.high} high ones have prevention, response, contingency and an owner`,
      style,
    ).map((line) => paint(style, "quiet", line)),
    ...risks.slice(0, MOST).flatMap((risk) => ["", ...oneRisk(risk, style)]),
    ...(hidden > 0 ? ["", paint(style, "quiet", ` ${hidden} more: --json`)] : []),
    ...strategies.flatMap((each) => ["", ...oneStrategy(each, style)]),
  ];
}

function oneRisk(risk: Risk, style: Style): string[] {
  const { id, name, level, evidence, owner, source } = risk;
  const row = rowsIn(style);
  return [
    heading(`${id} ${level}${source.kind === "given" ? ", given by the plan" : ""}`, style),
    composeLine(style, [{ text: ` ${oneLine(name, 300)}`, tone: TONES[level] }]),
    ...row("chance", chanceText(risk)),
    ...row("because", evidence.map(({ text }) => text).join("; ")),
    ...row("signs", risk.earlyWarningSigns.join("; ")),
    ...row("prevent", risk.preventionMeasures.join("; ")),
    ...row("respond", risk.responseProcedures.join("; ")),
    ...row("else", risk.contingencyPlan),
    ...row("owner", owner === "" ? "nobody" : owner),
  ];
}

/** Figures, or words where the plan has only those. */
function chanceText({ probability, impact }: Risk): string {
  const { value, level, source } = probability;
  const likely = `${value === undefined ? level : percentText(value * 100)} (${source})`;
  const { minutes, days } = impact;
  return minutes === undefined || days === undefined
    ? `${likely}; impact ${impact.level}`
    : `${likely}; then the end is ${spanText({ minutes, days })} later`;
}

function oneStrategy(strategy: MitigationStrategy, style: Style): string[] {
  const { id, name, source, description, implementation, successMetrics } = strategy;
  const row = rowsIn(style);
  return [
    heading(`${id}${source === "given" ? ", given by the plan" : ""}`, style),
    composeLine(style, [{ text: ` ${oneLine(name, 300)}`, tone: "accent" }]),
    ...row("what", description),
    ...row("answers", strategy.risks.join(", ")),
    ...row("by", implementation.join("; ")),
    ...row("works if", successMetrics.join("; ")),
    ...row("watched", strategy.monitoring),
  ];
}

const rowsIn =
  (style: Style) =>
  (label: string, text: string): string[] =>
    text === "" ? [] : labelled({ label, text: oneLine(text, 600) }, style);
