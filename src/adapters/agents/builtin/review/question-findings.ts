import { oneLine } from "../../../../core/text.ts";
import { questionKey } from "../discovery/same-question.ts";
import { plain, termsOf } from "../text/terms.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import type { Facts } from "./facts.ts";
import type { Findings, OpenQuestion } from "./finding.ts";

/**
 * What nobody could know from the spec. A clarification marker blocks when it stands in a story or requirement of
 * priority P0 or P1: work on it cannot start without the answer. One question asked by several is asked once.
 */
export function openQuestions(facts: Facts): Findings {
  const { spec, analyses } = facts;
  const rank = (id: string | undefined): number => {
    if (id === undefined) return 9;
    const story = spec.stories.find((other) => normalId(other.id) === normalId(id));
    return story?.priority ? Number(story.priority.slice(1)) : (facts.rankOf(normalId(id)) ?? 9);
  };
  const marked = spec.clarifications.map<OpenQuestion>(({ question, within, line }) => ({
    question: `${opened(plain(question))} (${where(facts, within, line)})`,
    source: `spec line ${line}`,
    blocking: rank(within) <= 1,
  }));
  const asked = (analyses.requirements?.open_questions ?? []).map<OpenQuestion>((question) => ({
    question: plain(question),
    source: "requirements",
    blocking: false,
  }));
  const unanswered = (analyses.risk?.edge_cases ?? [])
    .filter(({ handling }) => handling === null)
    .map<OpenQuestion>(({ description, source }) => ({
      question: `${asQuestion(plain(description))} (edge case${source ? `, ${plain(source)}` : ""})`,
      source: "risk",
      blocking: false,
    }));
  return { questions: distinct([...marked, ...asked, ...unanswered]) };
}

const asQuestion = (text: string) =>
  /[?？]/.test(text) ? text : `How is this handled: ${text.replace(/[.\s]+$/, "")}?`;

const opened = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Most lines between an entity's name and a marker that still belongs to it. */
const NEAR = 8;

/** `US3, line 30: Password reset`: a marker's question rarely says what it is about. */
function where({ spec, textOf }: Facts, id: string | undefined, line: number): string {
  if (id === undefined) {
    const entity = spec.entities.findLast(
      (other) => other.line <= line && line - other.line <= NEAR,
    );
    return `${entity ? `entity ${plain(entity.name)}, ` : ""}line ${line}`;
  }
  const story = spec.stories.find((other) => normalId(other.id) === normalId(id));
  const text = story?.title ?? textOf(normalId(id)).replace(MARKER, "").replace(DUTY, "");
  const what = oneLine(plain(text), 90)
    .replace(/[()]/g, "")
    .replace(/[\s.,;:]+$/, "");
  return `${id}, line ${line}${what === "" ? "" : `: ${what}`}`;
}

/** Who must, up to what is done. */
const DUTY = /^[^.;:]{0,60}?\b(?:MUST|SHALL)\s+(?:be\s+able\s+to\s+)?(?=\p{L}{3})/u;
const MARKER = /\s*\[NEEDS CLARIFICATION[^\]]*\]/gi;

const ASIDE = /\s*\([^()]*\)\.?$/;
const lineIn = (question: string) => /\bline (\d+)/.exec(question)?.[1];

/** The same words about the same line; what stands behind them in brackets says only where. */
const sameWords = (a: string, b: string): boolean =>
  a === b ||
  (lineIn(a) === lineIn(b) &&
    questionKey(a.replace(ASIDE, "")) === questionKey(b.replace(ASIDE, "")));

/** Share of terms from which two questions are the same one. */
const SAME_QUESTION = 0.6;

/** Questions without those that another one, earlier in the list, already asks. */
export function distinct(questions: readonly OpenQuestion[]): readonly OpenQuestion[] {
  const kept: { readonly question: OpenQuestion; readonly terms: ReadonlySet<string> }[] = [];
  for (const question of questions) {
    const terms = termsOf(question.question.replace(ASIDE, ""));
    const same = kept.some((other) => {
      const shared = [...terms].filter((term) => other.terms.has(term)).length;
      const smaller = Math.min(terms.size, other.terms.size);
      return (
        sameWords(other.question.question, question.question) ||
        (smaller > 2 && shared / smaller >= SAME_QUESTION)
      );
    });
    if (!same) kept.push({ question, terms });
  }
  return kept.map(({ question }) => question);
}
