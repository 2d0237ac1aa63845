import { idsIn, normalId } from "../../../../stage/checks/ids.ts";
import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { phaseRuns } from "./compact-lists.ts";
import { purposeOf } from "./component-purpose.ts";
import { deedOf } from "./deed.ts";
import {
  bare,
  blocks,
  bullets,
  clause,
  count,
  inline,
  lowered,
  sentence,
  sentenceList,
  short,
  table,
} from "./markdown.ts";
import { homesOf, ownTasks } from "./home-phases.ts";
import { existingParts } from "./existing-parts.ts";
import { otherFeatures } from "./other-features.ts";
import { longestChain, phasesBefore } from "./phase-order.ts";
import { onlyCites, withoutCitations } from "./plain-words.ts";
import type { PlanModel, PlannedPhase } from "./plan-model.ts";
import { capitalize } from "../text/terms.ts";
import { firstSentence } from "./summary-feature.ts";

/** Most edges between components told in a sentence. */
const EDGES = 6;

/** Most components, dependencies and open choices named one by one. */
const SHOWN = 5;

/** Requirements told of a component. */
const DEEDS = 2;

type Design = ArchitectureDesign;

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
  const left = design.components.length - main.length;
  return blocks(
    design.components.length === 1
      ? "The work is one component:"
      : `The work divides into ${count(design.components.length, "component")}${left > 0 ? ", the largest being" : ""}:`,
    bullets(
      main.map(
        (component) => `**${inline(component.name)}**: ${purposeOf(model, component, DEEDS)}`,
      ),
    ),
    edges(design),
  );
}

/** `Deposits needs Loans and Stripe; Loans needs Reservations.` */
function edges({ components }: Design): string | undefined {
  const links = components
    .filter(({ depends_on }) => depends_on.length > 0)
    .map(
      ({ name, depends_on }) => `${inline(name)} needs ${sentenceList(depends_on.map(inline), 4)}`,
    );
  if (links.length === 0) return undefined;
  const rest = links.length - EDGES;
  return sentence(
    `How they depend on each other: ${links.slice(0, EDGES).join("; ")}${rest > 0 ? `; ${rest} more in plan.md` : ""}`,
  );
}

const optionsOf = ({ analyses }: PlanModel): Design["alternatives"] =>
  analyses.architecture?.alternatives ?? [];

const openOnes = (model: PlanModel): readonly string[] => {
  const options = optionsOf(model);
  return [...new Set(options.map(({ topic }) => topic))].filter((topic) =>
    options.every((option) => option.topic !== topic || option.decision === "open"),
  );
};

/** Topics that nobody decided, in words. */
export const openTopics = (model: PlanModel): readonly string[] => openOnes(model).map(said);

/** Ids of the requirements that those topics are about. */
export const topicIds = (model: PlanModel): readonly string[] =>
  openOnes(model).flatMap((topic) => idsIn(topic));

function choices(model: PlanModel): string | undefined {
  const options = optionsOf(model);
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

function phases(model: PlanModel): string {
  const homes = homesOf(model.phases);
  return blocks(
    `It is built in ${count(model.phases.length, "phase")}. ${inParallel(model)}`.trim(),
    table(
      ["Phase", "Goal", "After", "Days: likely (range)"],
      model.phases.map((phase, at) => [
        `${phase.number}. ${phase.title.replace(/\|/g, String.raw`\|`)}`,
        goalIn(phase, at, homes).replace(/\|/g, String.raw`\|`) || "—",
        phaseRuns(phasesBefore(phase)).join(", ") || "—",
        phase.effort
          ? `${phase.effort[1]} (${phase.effort[0]} to ${phase.effort[2]})`
          : "not estimated",
      ]),
    ),
  );
}

/** What a phase is for, as finished Markdown; of one with groundwork or verification, what it does says more. */
function goalIn(phase: PlannedPhase, at: number, homes: ReadonlyMap<string, number>): string {
  const own = ownTasks(phase, at, homes);
  if (own.length === phase.tasks.length) return inline(clause(firstSentence(phase.goal), 160));
  const [first = "", ...rest] = phase.tasks.map(({ title }) => title.split(/;\s/)[0] ?? "");
  return clause([first, ...rest.map(lowered)].join("; "), 160);
}

const likelyDays = (list: readonly PlannedPhase[]): number =>
  list.reduce((sum, { effort }) => sum + (effort?.[1] ?? 0), 0);

/** The phases that set the length, and those that can go beside them. */
function inParallel({ phases: all }: PlanModel): string {
  if (all.length < 2) return "";
  const chain = longestChain(all);
  const beside = phaseRuns(
    all.filter((phase) => !chain.includes(phase)).map(({ number }) => number),
  );
  if (chain.length === 1) return "None of them waits for another: all can go in parallel.";
  if (beside.length === 0) return "Each needs the one before.";
  const length =
    likelyDays(all) > 0
      ? `, ${Math.round(likelyDays(chain))} of ${Math.round(likelyDays(all))} likely days`
      : "";
  return `The longest chain is ${chain.map(({ number }) => number).join(" → ")}${length}; ${beside.length === 1 && !beside[0]?.includes("-") ? "phase" : "phases"} ${sentenceList(beside)} can go beside it.`;
}

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
        sentence(
          `**${inline(name)}**${usedIn(purpose, requirements)}: ${told(model, purpose, requirements)}`,
        ),
      ),
    ...otherFeatures(model).map(
      ({ name, text }) => `**${name}**: ${sentence(inline(short(text, 200)))}`,
    ),
    ...existingParts(spec).map(
      ({ name, where, text }) =>
        `**${inline(capitalize(name))}**, there already (${where}): ${sentence(inline(short(text, 160)))}`,
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

/** ` (FR-009)`, or the place in the spec that names it: ` (edge case, line 74)`. */
function usedIn(purpose: string, requirements: readonly string[]): string {
  if (requirements.length > 0) return ` (${sentenceList(requirements.map(normalId), 4)})`;
  const [, what, line] = /^(\p{L}[\p{L} ]{2,40}?) \(line (\d+)\)/u.exec(purpose) ?? [];
  return what === undefined ? "" : ` (${lowered(inline(what))}, line ${line})`;
}

/** What something outside is needed for: its purpose, or where that only cites, the requirement or the words cited. */
function told({ facts }: PlanModel, purpose: string, requirements: readonly string[]): string {
  if (!onlyCites(purpose)) return inline(short(withoutCitations(purpose), 160));
  const [first] = requirements;
  const text = first === undefined ? "" : facts.textOf(normalId(first));
  const cited = /["“](.+)["”]/s.exec(purpose)?.[1] ?? purpose;
  return inline(lowered(clause(text === "" ? cited : deedOf(text), 160)));
}

const said = (text: string) => inline(bare(withoutCitations(text)));

/** Requirements that most others wait for, in words. */
function keystones({ facts }: PlanModel): string | undefined {
  const waiting = new Map<string, number>();
  for (const needed of facts.needs.values())
    for (const id of new Set(needed)) waiting.set(id, (waiting.get(id) ?? 0) + 1);
  const top = [...waiting]
    .filter(([, others]) => others > 1)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 2);
  if (top.length === 0) return undefined;
  const words = top.map(
    ([id, number]) =>
      `${id} (${inline(bare(clause(lowered(deedOf(facts.textOf(id))), 130)))}), which ${number} others need`,
  );
  return `Inside the feature the work hinges on ${words.join(", and on ")}.`;
}
