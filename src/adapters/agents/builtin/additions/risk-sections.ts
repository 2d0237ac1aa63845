import { blocks, bullets, cell, inline, sentence, table } from "../synthesis/markdown.ts";
import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { phasesFor, type PlanMaterial } from "./plan-material.ts";

type Risk = RiskAssessment["risks"][number];

/** From this score on (likelihood × impact, 1 to 9) a risk is planned for; below it the highest three. */
const HIGH = 6;

function heavy({ model }: PlanMaterial): readonly Risk[] {
  const risks = (model.analyses.risk?.risks ?? []).toSorted((a, b) => b.score - a.score);
  const high = risks.filter(({ score }) => score >= HIGH);
  return high.length > 0 ? high : risks.slice(0, 3);
}

const UNKNOWN = "Unknown: there is no risk analysis.";

/** For each high risk the sign, the answer, who gives it, and what it costs (S0 §7.3). */
export function contingencySection(material: PlanMaterial): string {
  if (!material.model.analyses.risk) return UNKNOWN;
  const risks = heavy(material);
  if (risks.length === 0) return "No risk was found.";
  return table(
    ["Risk", "It shows by", "Then", "Who", "It holds up"],
    risks.map((risk) => {
      const ids = material.model.facts.ids.filter((id) =>
        [...risk.sources, risk.description].some((text) => text.includes(id)),
      );
      const phases = phasesFor(material, ids).map(({ number }) => number);
      return [
        cell(`${risk.id} ${risk.category}`),
        cell(risk.early_sign),
        cell(risk.contingency ?? "not known: to be agreed before its work begins"),
        cell(risk.owner),
        phases.length === 0 ? "no phase by its ids" : `phase ${phases.join(", ")}`,
      ];
    }),
  );
}

/** The ways to go where nothing is decided (S0 §7.3). */
export function optionSection({ model, questions }: PlanMaterial): string {
  const alternatives = model.analyses.architecture?.alternatives ?? [];
  const topics = [...new Set(alternatives.map(({ topic }) => topic))];
  const designed = topics.map((topic) =>
    blocks(
      `### ${inline(topic)}`,
      bullets(
        alternatives
          .filter((one) => one.topic === topic)
          .map(
            ({ option, pros, cons, decision }) =>
              `**${inline(option)}** (${decision}): for it, ${inline(pros.join("; ") || "nothing found")}; against it, ${sentence(inline(cons.join("; ") || "nothing found"))}`,
          ),
      ),
    ),
  );
  const asked = questions.filter(
    ({ answer, options }) => answer === undefined && options.length > 1,
  );
  return blocks(
    ...designed,
    asked.length > 0 &&
      blocks(
        "### Questions with more than one answer",
        bullets(
          asked.map(
            ({ question, options, recommended }) =>
              `${inline(question)} ${sentence(inline(options.join("; or ")))} The plan follows: ${sentence(inline(recommended ?? "none yet"))}`,
          ),
        ),
      ),
    designed.length + asked.length === 0 &&
      "No decision is open that the specification or the design names.",
  );
}

/** What to try out before it is built on (S0 §7.3: prototyping recommended). */
export function prototypeSection(material: PlanMaterial): string {
  const { model } = material;
  const open = (model.analyses.architecture?.alternatives ?? []).filter(
    ({ decision }) => decision === "open",
  );
  const topics = [...new Set(open.map(({ topic }) => topic))];
  const items = [
    ...topics.map((topic) => {
      const options = open.filter((one) => one.topic === topic).map(({ option }) => inline(option));
      return `**${inline(topic)}:** build the smallest thing that shows whether ${options.join(" or ")} holds what is asked. The one that does is designed for; if all do, the first.`;
    }),
    ...heavy(material)
      .filter(({ score }) => score >= HIGH)
      .map(
        ({ id, category, early_sign: sign }) =>
          `**${inline(id)}, ${inline(category)}:** provoke it on purpose in a trial and see whether this shows: ${sentence(inline(sign))} If it does, its contingency is built first; if not, the mitigation is enough.`,
      ),
  ];
  return items.length > 0
    ? bullets(items)
    : "Nothing has to be tried out: no design decision is open and no risk is high.";
}
