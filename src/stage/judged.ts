import type { Rating } from "../core/event.ts";

/** Who can be asked for a judgement: the person at the gate, or a leading role. */
export type Judge = "person" | "reviewer" | "qa";

/** A metric that nothing can count. It is asked for, and what nobody judged stays "not judged" (ST-20). */
export interface Judged {
  /** The metric, as the source documents name it. */
  readonly metric: string;
  readonly judge: Judge;
  /** What a person types: `--rate satisfaction=4`. */
  readonly short: string;
  readonly question: string;
  /** Whether each specialist's work is judged on its own. */
  readonly perRole: boolean;
  /** Stages in which it is asked; absent for all. */
  readonly stages?: readonly string[];
}

export const LOWEST_SCORE = 1;
export const HIGHEST_SCORE = 5;

export const JUDGED: readonly Judged[] = [
  {
    metric: "stakeholder_satisfaction",
    judge: "person",
    short: "satisfaction",
    question: "How satisfied are you with what is proposed?",
    perRole: false,
  },
  {
    metric: "documentation_adequacy",
    judge: "person",
    short: "documentation",
    question: "Are the planned documents what their readers need?",
    perRole: false,
    stages: ["preparation"],
  },
  {
    metric: "coherence_rating",
    judge: "reviewer",
    short: "coherence",
    question: "is this specialist's analysis coherent in itself",
    perRole: true,
  },
  {
    metric: "architectural_soundness",
    judge: "reviewer",
    short: "architecture",
    question: "is the architecture sound for this specification",
    perRole: false,
    stages: ["planning"],
  },
  {
    metric: "api_coherence_score",
    judge: "reviewer",
    short: "api",
    question: "do the interfaces fit together in names, shapes and errors",
    perRole: false,
    stages: ["preparation"],
  },
  {
    metric: "synthesis_coherence_score",
    judge: "qa",
    short: "synthesis",
    question: "do the artifacts read as one piece, without contradictions",
    perRole: false,
  },
];

/** What one judge is asked, for the description of its contract's field. */
export function judgingQuestion(judge: Judge): string {
  const asked = JUDGED.filter((one) => one.judge === judge).map(
    ({ metric, question, perRole, stages }) =>
      `${metric}${stages ? ` (${stages.join(", ")} only)` : ""}: ${question}${perRole ? "? One entry per specialist, with its role" : "?"}`,
  );
  return `Your judgement, ${LOWEST_SCORE} (bad) to ${HIGHEST_SCORE} (good), of what nobody can count; leave out what you can't judge. ${asked.join(" ")}`;
}

/** What of an answer's ratings counts: known metrics of this judge, each once per role, with a score in range. */
export function ratingsBy(
  judge: Judge,
  given: readonly {
    readonly metric: string;
    readonly role?: string | null | undefined;
    readonly score: number;
  }[],
): readonly Rating[] {
  const counted = new Map<string, Rating>();
  for (const { metric, role, score } of given) {
    const known = JUDGED.find((one) => one.judge === judge && one.metric === metric);
    if (!known || score < LOWEST_SCORE || score > HIGHEST_SCORE) continue;
    const whose = known.perRole ? (role ?? undefined) : undefined;
    if (known.perRole && whose === undefined) continue;
    counted.set(`${metric}/${whose ?? ""}`, {
      metric,
      ...(whose === undefined ? {} : { role: whose }),
      score,
    });
  }
  return [...counted.values()];
}
