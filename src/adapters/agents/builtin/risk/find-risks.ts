import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { readEdgeCases } from "../analysis/edge-cases.ts";
import { citeOf, hitsOf, quoteOf, type Hit, type Statement } from "../analysis/evidence.ts";
import type { Surroundings } from "../analysis/surroundings.ts";
import { ACCESS_RISKS } from "./access-risks-lexicon.ts";
import { CHANGE_RISKS } from "./change-risks-lexicon.ts";
import { PEOPLE_RISKS } from "./people-risks-lexicon.ts";
import type { RiskRule } from "./risk-rule.ts";
import { levelOf, type Points } from "./score.ts";
import { SYSTEM_RISKS } from "./system-risks-lexicon.ts";
import { TENSIONS } from "./tensions-lexicon.ts";

type Level = "low" | "medium" | "high";

/** A risk before it has its number. Both reasons say how the points came about. */
export interface FoundRisk {
  readonly category: string;
  readonly description: string;
  readonly likelihood: Level;
  readonly likelihood_reason: string;
  readonly impact: Level;
  readonly impact_reason?: string;
  readonly score: number;
  readonly mitigation: string;
  readonly owner: string;
  readonly early_sign: string;
  readonly sources: string[];
}

export interface MatchedRule {
  readonly rule: RiskRule;
  readonly hits: readonly Hit[];
  readonly risk: FoundRisk;
}

const MOST_SOURCES = 8;

const sourcesOf = (hits: readonly Hit[]): string[] =>
  hits.slice(0, MOST_SOURCES).map(({ statement }) => citeOf(statement));

const idsOf = (hits: readonly Hit[]): readonly string[] => [
  ...new Set(hits.map(({ statement }) => statement.id)),
];

/** What the spec already asks for, and what is missing, control by control. */
function mitigationOf(
  rule: RiskRule,
  statements: readonly Statement[],
): { readonly text: string; readonly missing: number } {
  const read = rule.controls.map((control) => ({
    control,
    found: statements.filter(({ kind, text }) => kind !== "story" && control.covered.test(text)),
  }));
  const kept = read.filter(({ found }) => found.length > 0);
  const missing = read.filter(({ found }) => found.length === 0);
  const keep = kept.map(
    ({ control, found }) =>
      `${control.name} (${[...new Set(found.map(({ id }) => id))].slice(0, 3).join(", ")})`,
  );
  const add = missing.map(({ control }) => control.advice);
  const text = [
    keep.length > 0 ? `Test what the spec already asks for: ${keep.join("; ")}.` : "",
    add.length > 0 ? `Missing in the spec: ${add.join("; ")}.` : "",
  ].filter(Boolean);
  return { text: text.join(" "), missing: missing.length };
}

function likelihoodOf(
  hits: readonly Hit[],
  missing: number,
  openLines: ReadonlySet<number>,
): { points: Points; reason: string } {
  const demands = hits.filter(({ statement }) => statement.kind === "requirement").length;
  const asked = hits.some(({ statement }) => openLines.has(statement.line));
  const sum =
    (demands >= 4 ? 2 : demands >= 2 ? 1 : 0) + (asked ? 1 : 0) + (missing === 0 ? -1 : 0);
  const reason = [
    `${demands} requirement${demands === 1 ? "" : "s"} touched`,
    asked ? "an edge case asks about it without an answer" : "",
    missing === 0
      ? "every control looked for is in the spec"
      : `${missing} control${missing === 1 ? "" : "s"} missing`,
  ].filter(Boolean);
  return { points: sum <= 0 ? 1 : sum === 1 ? 2 : 3, reason: reason.join(", ") };
}

/** Parts of a spec that alone are too little to raise a risk. */
const WEAK: ReadonlySet<string> = new Set(["assumption", "dependency", "constraint", "story"]);

/** The rules whose words stand in the spec, each as a scored risk. */
export function matchRules(
  statements: readonly Statement[],
  around: Surroundings,
): readonly MatchedRule[] {
  const ranks = new Map(around.demands.map(({ id, rank }) => [id, rank]));
  const open = new Set(
    readEdgeCases(around)
      .filter(({ answered }) => !answered)
      .map(({ line }) => line),
  );
  return [...PEOPLE_RISKS, ...ACCESS_RISKS, ...SYSTEM_RISKS, ...CHANGE_RISKS].flatMap((rule) => {
    if (rule.unless && statements.some(({ text }) => rule.unless?.test(text))) return [];
    const hits = hitsOf(statements, rule.when);
    const first = hits[0];
    if (!first || hits.every(({ statement }) => WEAK.has(statement.kind))) return [];
    const { text: mitigation, missing } = mitigationOf(rule, statements);
    const likelihood = likelihoodOf(hits, missing, open);
    const touched = idsOf(hits)
      .map((id) => ranks.get(id))
      .filter((rank) => rank !== undefined);
    const minor = touched.length > 0 && touched.every((rank) => rank === "P3");
    const impact = Math.max(1, rule.impact - (minor ? 1 : 0));
    return [
      {
        rule,
        hits,
        risk: {
          category: rule.category,
          description: `${rule.description.replace("{words}", quoteOf(first.words, 60))} Raised by ${idsOf(hits).slice(0, 5).join(", ")}.`,
          likelihood: levelOf(likelihood.points),
          likelihood_reason: likelihood.reason,
          impact: levelOf(impact),
          impact_reason: minor
            ? "only requirements of lowest priority touched"
            : `usual damage of ${rule.category} risks`,
          score: likelihood.points * impact,
          mitigation,
          owner: rule.owner,
          early_sign: rule.sign,
          sources: sourcesOf(hits),
        },
      },
    ];
  });
}

const quote = ({ id, line, text }: Statement, pattern: RegExp): string =>
  `${citeOf({ id, line })} says “${pattern.exec(text)?.[0] ?? ""}”`;

/** Pairs of statements that can't both hold as written. */
export function tensionsIn(statements: readonly Statement[]): readonly FoundRisk[] {
  return TENSIONS.flatMap((rule) => {
    const one = statements.find(({ text }) => rule.one.test(text));
    const other = statements.find(
      (statement) => statement !== one && rule.other.test(statement.text),
    );
    if (!one || !other) return [];
    return [
      {
        category: rule.category,
        description: `${rule.description}: ${quote(one, rule.one)}, ${quote(other, rule.other)}.`,
        likelihood: "high" as const,
        likelihood_reason: "both statements stand in the spec",
        impact: levelOf(rule.impact),
        score: 3 * rule.impact,
        mitigation: `${rule.mitigation}.`,
        owner: rule.owner,
        early_sign: rule.sign,
        sources: [citeOf(one), citeOf(other)],
      },
    ];
  });
}

/** Rules to check, with the text that makes them worth checking. */
export const complianceOf = (matched: readonly MatchedRule[]): RiskAssessment["compliance"] =>
  matched.flatMap(({ rule, hits }) => {
    const first = hits[0];
    if (!rule.compliance || !first) return [];
    return [
      {
        item: rule.compliance.item,
        applies_because: `${citeOf(first.statement)} speaks of “${quoteOf(first.words, 60)}”; whether it applies is not in the text.`,
        action: rule.compliance.action,
      },
    ];
  });
