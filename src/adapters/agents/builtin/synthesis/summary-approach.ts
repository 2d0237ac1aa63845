import { normalId } from "../../../../stage/checks/ids.ts";
import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { otherFeatures } from "./other-features.ts";
import { onlyCites, quotesRequirements, tidy, withoutCitations } from "./plain-words.ts";
import { deedOf } from "./deed.ts";
import { showEffort } from "./effort.ts";
import {
  bare,
  blocks,
  bullets,
  cell,
  count,
  inline,
  sentence,
  sentenceList,
  short,
  table,
} from "./markdown.ts";
import type { PlanModel } from "./plan-model.ts";

/** Most components, dependencies and open choices named one by one. */
const SHOWN = 6;

/** Requirements told of a component. */
const DEEDS = 2;

type Component = ArchitectureDesign["components"][number];

/** `## Technical approach`: the parts, the open choices, and the phases. */
export function technicalApproach(model: PlanModel): string {
  return blocks("## Technical approach", parts(model), choices(model), phases(model));
}

function parts(model: PlanModel): string {
  const design = model.analyses.architecture;
  if (!design)
    return "There is no architecture analysis, so the approach is open. Have one made before work starts.";
  const main = design.components
    .toSorted((a, b) => b.requirements.length - a.requirements.length)
    .slice(0, SHOWN);
  return blocks(
    `The work divides into ${count(design.components.length, "component")}${design.components.length > main.length ? ", the largest being" : ""}:`,
    bullets(
      main.map((component) => `**${inline(component.name)}**: ${purposeOf(model, component)}`),
    ),
  );
}

/** What a component does: its description, or where that only quotes requirements, the first of them as deeds. */
function purposeOf({ facts }: PlanModel, { responsibility, requirements }: Component): string {
  if (!quotesRequirements(responsibility) || requirements.length === 0)
    return sentence(inline(short(withoutCitations(responsibility), 200)));
  const deeds = requirements.slice(0, DEEDS).map((id) => {
    const deed = tidy(bare(deedOf(facts.textOf(normalId(id))).split(/;\s/)[0] ?? ""));
    return inline(lower(short(deed, 100)));
  });
  const rest = requirements.length - deeds.length;
  return `${sentence(upper(deeds.join("; ")))}${rest > 0 ? ` ${count(rest, "further requirement")}.` : ""}`;
}

function choices({ analyses }: PlanModel): string | undefined {
  const options = analyses.architecture?.alternatives ?? [];
  const topics = [...new Set(options.map(({ topic }) => topic))];
  const lines = topics.map((topic) => {
    const own = options.filter((option) => option.topic === topic);
    const chosen = own.find(({ decision }) => decision === "chosen");
    const reason = chosen?.pros[0];
    return chosen
      ? `${said(topic)}: ${said(chosen.option)}. ${reason ? `${said(reason)}.` : ""}`.trim()
      : `${said(topic)}: **open**, between ${sentenceList(
          own
            .filter(({ decision }) => decision === "open")
            .map(({ option }) => `“${said(option)}”`),
        )}.`;
  });
  return lines.length > 0 ? blocks("Decisions:", bullets(lines.slice(0, SHOWN))) : undefined;
}

const phases = (model: PlanModel): string =>
  blocks(
    `It is built in ${count(model.phases.length, "phase")}:`,
    table(
      ["Phase", "Goal", "Effort"],
      model.phases.map(({ number, title, goal, effort }) => [
        `${number}. ${title.replace(/\|/g, String.raw`\|`)}`,
        cell(short(goal, 180)),
        effort ? showEffort(effort) : "not estimated",
      ]),
    ),
  );

/** `## Dependencies identified`: what comes from outside, and what most of the work waits for. */
export function dependenciesIdentified(model: PlanModel): string {
  const { facts, spec, analyses } = model;
  const ids = new Set(facts.ids);
  const points = analyses.architecture?.integration_points ?? [];
  const outside = [
    ...spec.dependencies.map(({ text }) => sentence(inline(short(text, 200)))),
    ...points
      .filter(({ name }) => !spec.dependencies.some(({ text }) => text.includes(name)))
      .map(({ name, purpose, requirements }) =>
        onlyCites(purpose)
          ? `**${inline(name)}**: needed for ${sentenceList(requirements, 4)}.`
          : sentence(`**${inline(name)}**: ${inline(short(withoutCitations(purpose), 160))}`),
      ),
    ...otherFeatures(model).map(
      ({ name, text }) => `**${name}**: ${sentence(inline(short(text, 200)))}`,
    ),
    ...(points.length === 0 ? (analyses.requirements?.dependencies ?? []) : [])
      .filter(({ to }) => !ids.has(normalId(to)))
      .map(({ to, reason }) => sentence(`**${inline(to)}**: ${inline(short(reason, 160))}`)),
  ];
  const distinct = [...new Set(outside)];
  return blocks(
    "## Dependencies identified",
    distinct.length > 0
      ? bullets(distinct.slice(0, SHOWN))
      : "The specification names nothing outside this feature that it depends on.",
    keystones(model),
  );
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** For use inside a sentence; abbreviations stay. */
const lower = (text: string) =>
  /^\p{Lu}\p{Ll}|^A\s/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

const said = (text: string) => inline(bare(withoutCitations(text)));

/** Requirements that most others wait for, in words. */
function keystones({ facts }: PlanModel): string | undefined {
  const waiting = new Map<string, number>();
  for (const needed of facts.needs.values())
    for (const id of new Set(needed)) waiting.set(id, (waiting.get(id) ?? 0) + 1);
  const top = [...waiting].toSorted(([, a], [, b]) => b - a).slice(0, 2);
  if (top.length === 0) return undefined;
  const words = top.map(
    ([id, number]) =>
      `${id} (${inline(bare(short(lower(deedOf(facts.textOf(id))), 90)))}), which ${count(number, "other")} ${number === 1 ? "needs" : "need"}`,
  );
  return `Inside the feature the work hinges on ${words.join(", and on ")}.`;
}
