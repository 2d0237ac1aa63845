import { wordLine } from "../../../../core/text.ts";
import type { Finding } from "../../../../stage/contracts/quality.ts";

export type Severity = Finding["severity"];

/** A finding before it gets its id. */
export interface Draft {
  readonly severity: Severity;
  readonly title: string;
  readonly place: string | null;
  readonly evidence: string;
  readonly impact: string;
  readonly resolution: string;
  readonly requirements?: readonly string[];
  /** Whether it was seen, or only concluded from likeness. */
  readonly certainty?: "fact" | "guess";
}

const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

export const bySeverity = (a: { severity: Severity }, b: { severity: Severity }): number =>
  RANK[a.severity] - RANK[b.severity];

/** Most findings of one reviewer; what is beyond is counted in a last one. */
const MOST = 100;

/** Findings in order of severity with their ids: `SEC-1`, `SEC-2`, … */
export function numbered(prefix: string, drafts: readonly Draft[]): Finding[] {
  const sorted = drafts.toSorted(bySeverity);
  const rest = sorted.slice(MOST);
  const kept: readonly Draft[] =
    rest.length === 0
      ? sorted
      : [
          ...sorted.slice(0, MOST),
          {
            severity: rest[0]?.severity ?? "low",
            title: `${rest.length} more findings of this kind of review`,
            place: null,
            evidence: rest
              .slice(0, 20)
              .map(({ title }) => title)
              .join("; "),
            impact: "They are not listed one by one.",
            resolution: "Mend those above first, then review again.",
          },
        ];
  return kept.map((draft, index) => ({
    certainty: "fact",
    ...draft,
    id: `${prefix}-${index + 1}`,
    title: wordLine(draft.title, 200),
    evidence: wordLine(draft.evidence, 1_000),
    requirements: [...(draft.requirements ?? [])],
  }));
}

/** Words of somebody else's, marked as such. */
export const said = (text: string, max = 120): string =>
  `“${wordLine(text, max).replace(/[“”]/g, "'")}”`;

/** `a, b, c and 4 more`. */
export const few = (items: readonly string[], most = 8): string =>
  items.length > most
    ? `${items.slice(0, most).join(", ")} and ${items.length - most} more`
    : items.join(", ");

/** `1 file`, `2 files`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const COST: Readonly<Record<Severity, number>> = { critical: 40, high: 15, medium: 6, low: 2 };

/** 100 without findings, less for each by its severity; docs/quality-review.md has the rule. */
export const scoreByFindings = (findings: readonly { readonly severity: Severity }[]): number =>
  Math.max(0, 100 - findings.reduce((sum, { severity }) => sum + COST[severity], 0));
