import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { idsIn, isWord, normalId } from "./ids.ts";
import type { RiskAssessment } from "../contracts/planning.ts";

/** From this score on (of 9) a risk is high: likely and bad, S0's P0/P1 band. */
export const HIGH_RISK = 6;

const UNKNOWN = /^(?:none|n\/a|unknown|unassigned|not (?:known|assigned|stated)|-|—|\?)\W*$/i;
const said = (text: string): boolean => text.trim() !== "" && !UNKNOWN.test(text.trim());

/** Risks without a mitigation that says something. */
export const unmitigatedRisks = (risk: RiskAssessment | undefined): readonly string[] =>
  (risk?.risks ?? []).filter(({ mitigation }) => !said(mitigation)).map(({ id }) => id);

/** Every risk has a mitigation, high ones an owner, and the plan names each high one. Without an analysis it says so. */
export function checkRiskMitigations({ answers, main }: CheckSubject): CheckResult {
  const check = {
    id: "risk-mitigations",
    title: "Every risk has a mitigation, and every high one an owner and a place in the plan",
    blocking: true,
  };
  if (!answers.risk)
    return outcome({ ...check, blocking: false }, ["There is no risk analysis to check against."]);
  const high = answers.risk.risks.filter(({ score }) => score >= HIGH_RISK);
  const named = namesIn(main.text, high);
  return outcome(check, [
    ...unmitigatedRisks(answers.risk).map((id) => `${id} has no mitigation.`),
    ...high.filter(({ owner }) => !said(owner)).map(({ id }) => `${id} is high and has no owner.`),
    ...high
      .filter(({ id }) => !named.has(normalId(id)))
      .map(({ id }) => `${id} is high and not in ${main.name}.`),
  ]);
}

/** Which of the risks a text names, by their whole ids: `R-10` does not name `R-1`. */
function namesIn(text: string, risks: RiskAssessment["risks"]): ReadonlySet<string> {
  const ids = new Set(risks.map(({ id }) => normalId(id)));
  const upper = text.toUpperCase();
  const phrases = [...ids].filter((id) => !isWord(id) && upper.includes(id.toUpperCase()));
  return new Set([...idsIn(text, ids), ...phrases]);
}
