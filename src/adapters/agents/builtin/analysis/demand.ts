import type { Priority, Requirement, Spec, Story } from "../../../../spec/model.ts";
import { actionsOf, type Action } from "../text/action.ts";
import { withoutMarkers } from "../text/clause.ts";
import { plain, stem, termsOf, wordsOf } from "../text/terms.ts";

/** Where a demand's text comes from: a numbered requirement, or what stands in for one when the spec numbers none. */
type DemandSource = "requirement" | "story" | "description";

/** One functional thing the spec asks for, in the form all four analysts work with. */
export interface Demand {
  readonly id: string;
  readonly text: string;
  readonly line: number;
  readonly source: DemandSource;
  /** As stated on it; stories' priorities are worked out later. */
  readonly priority: Priority | undefined;
  readonly group: string | undefined;
  readonly actions: readonly Action[];
  /** What is said outright: the text without brackets and open questions. */
  readonly outright: string;
  /** It says who alone may do something; that it can be done at all is another's matter. */
  readonly restricts: boolean;
  readonly terms: ReadonlySet<string>;
  /** Stems in order, of what is said outright: no brackets, no open question. */
  readonly said: readonly string[];
  /** Stems of the grammatical subject before "must", and of what is acted on. */
  readonly subject: readonly string[];
  readonly objects: readonly string[];
  /** Stems of the last words of the objects: the things themselves. */
  readonly acted: readonly string[];
}

const stemsOf = (text: string): readonly string[] => wordsOf(text).map(stem);

const make = (
  id: string,
  text: string,
  line: number,
  rest: Pick<Demand, "source" | "priority" | "group">,
): Demand => {
  const demanded = withoutMarkers(text) || text;
  // without "must" the words before the verb are as often a screen as a person
  const personal =
    rest.source !== "requirement" ||
    /\b(?:must|shall|should|may|can|will|doit|doivent|muss|debe)\b/i.test(demanded);
  const actions = actionsOf(demanded).map((one) => (personal ? one : { ...one, actor: undefined }));
  const outright = demanded.replace(/\([^)]{0,300}\)/g, " ").replace(/\s+/g, " ");
  return {
    id,
    text,
    line,
    ...rest,
    actions,
    outright,
    restricts: /^(?:only|nur|seuls?|seules?|solo)\b/i.test(outright),
    terms: termsOf(demanded),
    said: stemsOf(outright),
    subject: stemsOf(/^(.{3,80}?)\s(?:MUST|SHALL|SHOULD|DOIT|DOIVENT)\b/.exec(outright)?.[1] ?? ""),
    acted: actions.flatMap(({ object }) => stemsOf(object).slice(-1)),
    objects: stemsOf(
      actions
        .filter(({ kind }) => kind !== "offer")
        .map(({ object }) => object)
        .join(" "),
    ),
  };
};

const ofRequirement = (one: Requirement): Demand =>
  make(one.id, plain(one.text) || one.id, one.line, {
    source: "requirement",
    priority: one.priority,
    group: one.group,
  });

/** First sentence of a text; the whole of it when it has none. */
export const firstSentence = (text: string): string =>
  /^.{15,400}?[.!?](?=\s|$)/su.exec(plain(text))?.[0] ?? plain(text).slice(0, 400);

const ofStory = (story: Story): Demand => {
  const told = firstSentence(story.narrative);
  const text = told === "" ? plain(story.title) : `${plain(story.title)}: ${told}`;
  const demand = make(story.id, text || story.id, story.line, {
    source: "story",
    priority: story.priority,
    group: undefined,
  });
  const actions = [...actionsOf(told), ...actionsOf(story.title)];
  return { ...demand, actions: actions.slice(0, 4) };
};

const unique = (demands: readonly Demand[]): readonly Demand[] =>
  [...new Map(demands.toReversed().map((one) => [one.id, one])).values()].toReversed();

/**
 * The functional demands of a spec: its numbered functional requirements; without any, its stories; without those,
 * its numbered non-functional requirements; and at last its description as one demand named `SPEC`. Never empty.
 * Of two requirements with one id the first counts.
 */
export function demandsOf(spec: Spec): readonly Demand[] {
  const functional = spec.requirements.filter((one) => one.kind === "functional");
  if (functional.length > 0) return unique(functional.map(ofRequirement));
  if (spec.stories.length > 0) return unique(spec.stories.map(ofStory));
  if (spec.requirements.length > 0) return unique(spec.requirements.map(ofRequirement));
  const text = plain(spec.input ?? "") || plain(spec.title) || spec.file;
  return [make("SPEC", text, 1, { source: "description", priority: undefined, group: undefined })];
}
