import { oneLine } from "../../core/text.ts";
import type { RisksAnswer } from "../../schedule/answers/change-answers.ts";
import type { Risk, RiskLevel } from "../../schedule/strategy/risks/risk.ts";
import { heading } from "../heading.ts";
import { composeLine, paint, type Style, type Tone } from "../style.ts";
import { labelled, prose, titleLine } from "./labelled.ts";
import { counted, percentText, spanText } from "./time-words.ts";

/** Risks that are shown whole. */
const MOST = 8;

const TONES: Readonly<Record<RiskLevel, Tone>> = { high: "bad", medium: "warn", low: "quiet" };

/** The risk register for people, worst first. */
export function riskLines({ plan, register }: RisksAnswer, style: Style): readonly string[] {
  const { risks, coverage } = register;
  const hidden = risks.length - MOST;
  const high = risks.filter(({ level }) => level === "high").length;
  return [
    titleLine(plan, style),
    ...prose(
      `${counted(risks.length, "risk", "risks")}, ${high} high; ${coverage.mitigated} of ${coverage.high} high ones have prevention, response, contingency and an owner`,
      style,
    ).map((line) => paint(style, "quiet", line)),
    ...risks.slice(0, MOST).flatMap((risk) => ["", ...oneRisk(risk, style)]),
    ...(hidden > 0 ? ["", paint(style, "quiet", ` ${hidden} more: --json`)] : []),
  ];
}

function oneRisk(risk: Risk, style: Style): string[] {
  const { id, name, level, probability, impact, evidence, owner } = risk;
  const row = (label: string, text: string) =>
    text === "" ? [] : labelled({ label, text: oneLine(text, 600) }, style);
  const source = probability.source === "simulated" ? "simulated" : "assumed";
  return [
    heading(`${id} ${level}`, style),
    composeLine(style, [{ text: ` ${oneLine(name, 300)}`, tone: TONES[level] }]),
    ...row(
      "chance",
      `${percentText(probability.value * 100)} (${source}); then the end is ${spanText(impact)} later`,
    ),
    ...row("because", evidence.map(({ text }) => text).join("; ")),
    ...row("signs", risk.earlyWarningSigns.join("; ")),
    ...row("prevent", risk.preventionMeasures.join("; ")),
    ...row("respond", risk.responseProcedures.join("; ")),
    ...row("else", risk.contingencyPlan),
    ...row("owner", owner),
  ];
}
