import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import { idsIn, normalId } from "../../../../stage/checks/ids.ts";
import { CONTRADICTION } from "./contradiction-findings.ts";
import { listed, names, type Facts } from "./facts.ts";
import type { Directive, Findings } from "./finding.ts";
import { sharedTerms } from "./terms.ts";

/** Terms that a mitigation and a task must share, beside a requirement, for the task to count as doing it. */
const SAME_WORK = 3;

/** Sources are places, too: `FR-009 (line 96)`. */
const idsOf = (sources: readonly string[]): readonly string[] =>
  sources.flatMap((source) => idsIn(source));

/** High risks whose mitigation is in no task: it becomes one, without an invented estimate. */
export function risksWithoutTask(facts: Facts): Findings {
  const { risk, estimation } = facts.analyses;
  if (!risk || !estimation) return {};
  const open = risk.risks.filter(
    (item) =>
      item.score >= HIGH_RISK &&
      item.category !== CONTRADICTION &&
      !facts.tasks.some((task) => {
        const ids = new Set(task.requirements.map(normalId));
        return (
          idsIn(task.title).includes(normalId(item.id)) ||
          (idsOf(item.sources).some((source) => ids.has(source)) &&
            sharedTerms(item.mitigation, task.title).length >= SAME_WORK)
        );
      }),
  );
  if (open.length === 0) return {};
  const ids = open.map(({ id }) => id);
  return {
    conflicts: [
      {
        topic: "High risks whose mitigation is nobody's task",
        severity: "medium",
        statements: [
          {
            source: "risk",
            statement: `${listed(ids)} ${ids.length === 1 ? "scores" : "score"} ${HIGH_RISK} or more of 9 and ${ids.length === 1 ? "names" : "name"} a mitigation.`,
          },
          { source: "estimation", statement: "No estimated task does it." },
        ],
        fate: "reconciled",
        resolution:
          "Each mitigation becomes a task in the first phase that builds what the risk touches. It has no estimate, so the total excludes it.",
      },
    ],
    guidance: [`Add a mitigation task without estimate for ${listed(ids)}.`],
    directives: ids.map<Directive>((id) => ({ kind: "mitigate", risk: id })),
  };
}

/** Things outside the system that the design relies on and no risk mentions. */
export function integrationsWithoutRisk({ analyses }: Facts): Findings {
  const { architecture, risk } = analyses;
  if (!architecture || !risk) return {};
  const open = architecture.integration_points.filter(
    ({ name, requirements }) =>
      !risk.risks.some(
        ({ description, category, mitigation, sources }) =>
          sharedTerms(name, `${description} ${category} ${mitigation}`).length > 0 ||
          (/third|integration|extern|depend/i.test(category) &&
            idsOf(sources).some((source) => names(requirements, source))),
      ),
  );
  return {
    gaps: open.map(({ name, purpose }) => ({
      description: `The design integrates ${name} (${purpose.replace(/\.$/, "")}), but no risk says what happens when it fails.`,
      affects: [name],
      source: "risk",
    })),
  };
}
