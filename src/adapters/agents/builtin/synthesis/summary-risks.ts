import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { CONTRADICTION } from "../review/contradiction-findings.ts";
import { blocks, cell, count, sentence, short, spelled, table } from "./markdown.ts";
import { mitigationOf } from "./mitigation.ts";
import { tidy } from "./plain-words.ts";
import { tasksNaming, type PlanModel } from "./plan-model.ts";
import { byScore, ownerOf } from "./risk-section.ts";

type Risk = RiskAssessment["risks"][number];

/** Most risks told one by one. */
const TOP = 3;

/** Risks that the open questions and the decisions tell already. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  CONTRADICTION,
  "open clarifications",
  "unanswered edge cases",
]);

/** Risks that are more than an open question, worst first. */
export const weightiest = ({ analyses }: PlanModel): readonly Risk[] =>
  byScore(analyses.risk?.risks ?? []).filter(({ category }) => !TOLD_ELSEWHERE.has(category));

/** `## Risks and mitigation`: the worst ones. */
export function risksAndMitigation(model: PlanModel): string {
  const risks = model.analyses.risk?.risks;
  if (!risks)
    return blocks("## Risks and mitigation", "There is no risk analysis: the risks are unknown.");
  if (risks.length === 0)
    return blocks("## Risks and mitigation", "The risk analysis found none in the specification.");
  const high = risks.filter(({ score }) => score >= HIGH_RISK).length;
  const all = weightiest(model);
  const top = all.slice(0, TOP);
  const elsewhere = risks.length - all.length;
  return blocks(
    "## Risks and mitigation",
    [
      `${count(risks.length, "risk")}, ${high === 0 ? "none" : high} of them high (score ${HIGH_RISK} or more of 9).`,
      elsewhere > 0 &&
        `${spelled(elsewhere)} ${elsewhere === 1 ? "repeats" : "repeat"} what the specification leaves open${risks.some(({ category }) => category === CONTRADICTION) ? " or contradicts" : ""} (see the next steps).`,
      all.length > top.length && `The worst${elsewhere > 0 ? " of the others" : ""}:`,
    ]
      .filter(Boolean)
      .join(" "),
    top.length > 0 &&
      table(
        ["Risk", "Score", "Mitigation", "Owner"],
        top.map((risk) => [
          cell(short(tidy(risk.description), 200)),
          String(risk.score),
          cell(answerTo(model, risk)),
          cell(ownerOf(model, risk)),
        ]),
      ),
  );
}

function answerTo(model: PlanModel, risk: Risk): string {
  const { whole, asked, missing } = mitigationOf(risk);
  const tasks = tasksNaming(model, normalId(risk.id)).map(({ id }) => id);
  return [
    whole !== undefined && sentence(short(whole, 240)),
    asked !== undefined && `To test: ${sentence(short(asked, 160))}`,
    missing !== undefined && `Not in the specification yet: ${sentence(short(missing, 220))}`,
    tasks.length > 0 && `Task ${tasks.join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
