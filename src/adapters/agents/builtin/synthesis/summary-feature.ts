import type { Story } from "../../../../spec/model.ts";
import { audienceOf } from "./audience.ts";
import {
  blocks,
  bullets,
  clause,
  inline,
  lowered,
  sentence,
  sentenceList,
  short,
} from "./markdown.ts";
import { leftOut } from "./left-out.ts";
import type { PlanModel } from "./plan-model.ts";

/** Stories shown one by one; the rest is counted. */
const SHOWN = 5;

/** `## Feature overview`: why, for whom, what. */
export function featureOverview(model: PlanModel): string {
  const { spec } = model;
  const audience = audienceOf(spec);
  const stories = byPriority(spec.stories);
  return blocks(
    "## Feature overview",
    why(model),
    audience.length > 0 &&
      `It is for ${sentenceList([...new Set(audience.map(people))].slice(0, 4))}.`,
    stories.length > 0
      ? blocks(
          stories.length === 1
            ? "It delivers one user story:"
            : "What they get, most important first:",
          bullets([
            ...stories.slice(0, SHOWN).map(storyLine),
            ...(stories.length > SHOWN
              ? [`and ${stories.length - SHOWN} further stories (see plan.md).`]
              : []),
          ]),
        )
      : "The specification tells no user stories; its requirements stand alone.",
    outside(model),
  );
}

const byPriority = (stories: readonly Story[]): readonly Story[] =>
  stories.toSorted((a, b) => (a.priority ?? "P9").localeCompare(b.priority ?? "P9"));

/** What was asked for, and the reasons the spec gives for its most important stories. */
function why({ spec, analyses }: PlanModel): string {
  const asked = spec.input ?? analyses.requirements?.objectives[0];
  const reasons = byPriority(spec.stories)
    .flatMap(({ why: reason }) => (reason ? [firstSentence(reason)] : []))
    .slice(0, 2);
  const request = asked ? `**The request:** ${sentence(inline(short(asked, 320)))}` : "";
  const because =
    reasons.length > 0
      ? `**Why it matters:** ${[...new Set(reasons)].map((text) => sentence(inline(text))).join(" ")}`
      : "The specification does not say why this matters.";
  return blocks(request, because);
}

/** `A parent` → `parents`; phrases that are plural already, or not English, stay. */
const people = (who: string): string =>
  /s$|[^a-z -]/i.test(who)
    ? who
    : who
        .replace(/(person)$/, "people")
        .replace(/(child)$/, "children")
        .replace(/y$/, "ies")
        .replace(/(?<!people|children|ies)$/, "s");

export const firstSentence = (text: string): string =>
  /^.{20,}?[.!?](?=\s|$)/s.exec(text.trim())?.[0] ?? text.trim();

function storyLine({ id, title, priority, narrative }: Story): string {
  const told = narrative ? `: ${sentence(inline(clause(firstSentence(narrative), 180)))}` : ".";
  return `**${inline(title)}** (${[id, priority].filter(Boolean).join(", ")})${told}`;
}

const outside = ({ spec, notCovered }: PlanModel): string | undefined =>
  blocks(
    leftOut(spec).length > 0 &&
      `Not part of it: ${sentenceList(
        leftOut(spec).map((text) => lowered(inline(short(text, 90)))),
        5,
      )}.`,
    notCovered.length > 0 &&
      `Left out of this plan: ${sentenceList(notCovered.map(({ id, reason }) => `${id} (${inline(reason)})`))}.`,
  ) || undefined;
