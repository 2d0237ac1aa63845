import { readEdgeCases } from "../analysis/edge-cases.ts";
import { OUT, quoteOf } from "../analysis/evidence.ts";
import type { Surroundings } from "../analysis/surroundings.ts";
import { isUnproven } from "../analysis/proofs.ts";
import { plain } from "../text/terms.ts";
import type { FoundRisk } from "./find-risks.ts";
import { levelOf, type Points } from "./score.ts";

type Draft = Pick<
  FoundRisk,
  "category" | "description" | "mitigation" | "owner" | "early_sign" | "sources"
> & {
  readonly likelihood: Points;
  readonly impact: Points;
  readonly because: string;
};

const risk = ({ likelihood, impact, because, ...rest }: Draft): FoundRisk => ({
  ...rest,
  likelihood: levelOf(likelihood),
  likelihood_reason: because,
  impact: levelOf(impact),
  score: likelihood * impact,
});

function openQuestions({ spec }: Surroundings): readonly FoundRisk[] {
  const open = spec.clarifications;
  if (open.length === 0) return [];
  return [
    risk({
      category: "open clarifications",
      description: `${open.length} decision${open.length === 1 ? " is" : "s are"} marked as open: ${open
        .slice(0, 3)
        .map(({ question }) => `“${quoteOf(plain(question), 90)}”`)
        .join("; ")}.`,
      likelihood: open.length >= 3 ? 3 : 2,
      because: `${open.length} marker${open.length === 1 ? "" : "s"} left in the text`,
      impact: 2,
      mitigation: `Get the answers before the work on ${[...new Set(open.map(({ within }) => within ?? "the affected part"))].join(", ")} starts.`,
      owner: "Product owner",
      early_sign: "A task starts while its question is still open",
      sources: open.map(({ within, line }) => `${within ?? "Clarification"} (line ${line})`),
    }),
  ];
}

function unverifiable(around: Surroundings): readonly FoundRisk[] {
  const bare = around.demands.filter((one) => isUnproven(one, around));
  const share = bare.length / around.demands.length;
  if (bare.length === 0) return [];
  return [
    risk({
      category: "untestable requirements",
      description: `No acceptance scenario or success criterion speaks of ${bare
        .map(({ id }) => id)
        .slice(0, 12)
        .join(
          ", ",
        )}${bare.length > 12 ? ` and ${bare.length - 12} more` : ""}; whether they are met will be a matter of opinion.`,
      likelihood: share > 0.5 ? 3 : share > 0.2 ? 2 : 1,
      because: `${bare.length} of ${around.demands.length} requirements`,
      impact: bare.some(({ rank }) => rank === "P0" || rank === "P1") ? 3 : 2,
      mitigation: `Write one scenario for each before building it, first for ${bare
        .slice(0, 3)
        .map(({ id, text }) => `${id} (“${quoteOf(text, 60)}”)`)
        .join(", ")}.`,
      owner: "Test lead",
      early_sign: "A task is called done without a test that names its requirement",
      sources: bare.slice(0, 8).map(({ id, line }) => `${id} (line ${line})`),
    }),
  ];
}

function unanswered(around: Surroundings): readonly FoundRisk[] {
  const open = readEdgeCases(around).filter(
    ({ answered, handling }) => !answered && handling === undefined,
  );
  if (open.length === 0) return [];
  return [
    risk({
      category: "unanswered edge cases",
      description: `The spec asks ${open.length} question${open.length === 1 ? "" : "s"} about edge cases and answers none of them, first: “${quoteOf(open[0]?.text ?? "", 120)}”.`,
      likelihood: open.length >= 3 ? 3 : 2,
      because: `${open.length} question${open.length === 1 ? "" : "s"} without an answer`,
      impact: 2,
      mitigation:
        "Answer each in the spec with one sentence, then turn the sentence into an acceptance scenario.",
      owner: "Product owner",
      early_sign: "Two developers answer one of the questions differently",
      sources: open.map(({ line }) => `Edge case (line ${line})`),
    }),
  ];
}

function priorities({ spec }: Surroundings): readonly FoundRisk[] {
  const ranked = spec.stories.filter(({ priority }) => priority !== undefined);
  const first = ranked.filter(({ priority }) => priority === "P0" || priority === "P1");
  if (ranked.length < 4 || first.length / ranked.length < 0.6) return [];
  return [
    risk({
      category: "everything first",
      description: `${first.length} of ${ranked.length} stories are of highest priority (${first.map(({ id }) => id).join(", ")}); when time runs short the spec does not say what gives way.`,
      likelihood: 2,
      because: `${Math.round((first.length / ranked.length) * 100)} % of the stories`,
      impact: 2,
      mitigation: `Have the product owner order ${first.map(({ id }) => id).join(", ")} among themselves and cut the first release after the smallest useful set.`,
      owner: "Product owner",
      early_sign: "Work on all of them starts in the same week",
      sources: first.map(({ id, line }) => `${id} (line ${line})`),
    }),
  ];
}

const BEARING =
  /\b(?:reliabl[ey]|available|acceptable|functionally correct|exist(?:s|ing)\b|will be used|proven|stable|can (?:be )?reus\w+|reuses?|disponible)\b/iu;

/** Assumptions that other statements rest on: when one fails, those ids fail with it. */
function bearing(around: Surroundings): readonly FoundRisk[] {
  const bold = around.spec.assumptions
    .filter(({ text }) => BEARING.test(plain(text)) && !OUT.test(plain(text)))
    .slice(0, 3);
  return bold.map((assumption) => {
    const text = plain(assumption.text);
    return risk({
      category: "assumption",
      description: `The plan rests on an assumption that nobody has confirmed: “${quoteOf(text, 170)}”.`,
      likelihood: 1,
      because: "stated, neither confirmed nor doubted in the text",
      impact: 2,
      mitigation: `Confirm “${quoteOf(text, 60)}” with a trial or with its owner before the first task that relies on it.`,
      owner: "Technical lead",
      early_sign: "The first trial needs a workaround",
      sources: [`Assumption (line ${assumption.line})`],
    });
  });
}

/** Risks that lie in the spec itself: what it leaves open, can't verify, or takes for granted. */
export const specRisks = (around: Surroundings): readonly FoundRisk[] => [
  ...openQuestions(around),
  ...unverifiable(around),
  ...unanswered(around),
  ...priorities(around),
  ...bearing(around),
];
