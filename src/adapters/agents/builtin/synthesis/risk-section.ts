import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import type { Spec } from "../../../../spec/model.ts";
import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { edgeCaseText } from "./edge-case-text.ts";
import { blocks, bullets, cell, count, inline, sentence, table } from "./markdown.ts";
import { tasksNaming, type PlanModel } from "./plan-model.ts";

type Risk = RiskAssessment["risks"][number];

/** Worst first; of equals the more likely one. */
export const byScore = (risks: readonly Risk[]): readonly Risk[] =>
  risks.toSorted((a, b) => b.score - a.score || a.id.localeCompare(b.id));

export const ownerOf = (model: PlanModel, { id, owner }: Risk): string =>
  model.requests.owners.get(normalId(id)) ?? owner;

/** `## Risk assessment`: the register, worst first, then what the spec leaves open and what must be complied with. */
export function riskSection(model: PlanModel): string {
  const risk = model.analyses.risk;
  if (!risk)
    return blocks(
      "## Risk assessment",
      `There is no risk analysis (${inline(model.analyses.partial.find(({ role }) => role === "risk")?.reason ?? "not delivered")}). Risks are unknown, which is itself a risk: have one made before work starts.`,
    );
  const high = risk.risks.filter(({ score }) => score >= HIGH_RISK).length;
  return blocks(
    "## Risk assessment",
    risk.risks.length === 0
      ? "The risk analysis found no risk in the specification."
      : `${count(risk.risks.length, "risk")}, ${high} of them high (score ${HIGH_RISK} or more; score is likelihood × impact, 1 to 9).`,
    risk.risks.length > 0 && register(model, byScore(risk.risks)),
    edgeCases(risk, model.spec),
    risk.compliance.length > 0 &&
      blocks(
        "### Compliance to check",
        bullets(
          risk.compliance.map(
            ({ item, applies_because, action }) =>
              `**${inline(item)}**: ${opened(applies_because)} ${opened(action)}`,
          ),
        ),
      ),
    risk.non_functionals.length > 0 &&
      blocks(
        "### Qualities to watch",
        bullets([
          ...new Set(
            risk.non_functionals.map(
              ({ quality, concern }) => `**${inline(quality)}**: ${sentence(inline(concern))}`,
            ),
          ),
        ]),
      ),
  );
}

/** A sentence with a capital at its start. */
const opened = (text: string) => sentence(inline(text.charAt(0).toUpperCase() + text.slice(1)));

const register = (model: PlanModel, risks: readonly Risk[]): string =>
  table(
    ["Id", "Risk", "Likelihood", "Impact", "Score", "Mitigation", "Owner", "Early sign", "Tasks"],
    risks.map((risk) => [
      normalId(risk.id),
      cell(risk.description),
      risk.likelihood,
      risk.impact,
      String(risk.score),
      cell(risk.mitigation),
      cell(ownerOf(model, risk)),
      cell(risk.early_sign),
      tasksNaming(model, normalId(risk.id))
        .map(({ id }) => id)
        .join(", ") || "—",
    ]),
  );

function edgeCases({ edge_cases }: RiskAssessment, spec: Spec): string | undefined {
  if (edge_cases.length === 0) return undefined;
  const listed = (open: boolean) =>
    edge_cases
      .filter(({ handling }) => (handling === null) === open)
      .map((item) => edgeCaseText(item, spec));
  const [open, handled] = [listed(true), listed(false)];
  return blocks(
    "### Edge cases",
    open.length > 0 && blocks("The specification raises these without an answer:", bullets(open)),
    handled.length > 0 && blocks("Answered, to be tested:", bullets(handled)),
  );
}
