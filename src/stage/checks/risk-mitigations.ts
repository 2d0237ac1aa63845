import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import type { RiskAssessment } from "../contracts/planning.ts";

/** From this score on (of 9) a risk is high: likely and bad, S0's P0/P1 band. */
export const HIGH_RISK = 6;

const UNKNOWN = /^(?:none|n\/a|unknown|unassigned|not (?:known|assigned|stated)|-|—|\?)\W*$/i;
const said = (text: string): boolean => text.trim() !== "" && !UNKNOWN.test(text.trim());

/** Risks without a mitigation that says something. */
export const unmitigatedRisks = (risk: RiskAssessment | undefined): readonly string[] =>
  (risk?.risks ?? []).filter(({ mitigation }) => !said(mitigation)).map(({ id }) => id);

/** Every risk has a mitigation, high ones an owner, and the plan names each high one. */
export function checkRiskMitigations({ answers, main }: CheckSubject): CheckResult {
  const risks = answers.risk?.risks ?? [];
  const high = risks.filter(({ score }) => score >= HIGH_RISK);
  return outcome(
    {
      id: "risk-mitigations",
      title: "Every risk has a mitigation, and every high one an owner and a place in the plan",
      blocking: true,
    },
    [
      ...unmitigatedRisks(answers.risk).map((id) => `${id} has no mitigation.`),
      ...high
        .filter(({ owner }) => !said(owner))
        .map(({ id }) => `${id} is high and has no owner.`),
      ...high
        .filter(({ id }) => !main.text.includes(id))
        .map(({ id }) => `${id} is high and not in ${main.name}.`),
    ],
  );
}
