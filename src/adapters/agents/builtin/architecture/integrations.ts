import type { Spec } from "../../../../spec/model.ts";
import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { citeOf, hitsOf, quoteOf, type Hit, type Statement } from "../analysis/evidence.ts";
import { plain } from "../text/terms.ts";
import { INTEGRATIONS, type IntegrationRule } from "./integrations-lexicon.ts";

interface Found {
  readonly rule: IntegrationRule;
  readonly hits: readonly Hit[];
  /** Statements that name only its kind. */
  readonly unnamed: readonly Hit[];
  /** Lines of the spec's own list of dependencies that name it. */
  readonly listed: readonly string[];
}

/** "Payment provider" is Stripe where Stripe is the only payment provider the spec names. */
function merged(found: readonly Found[]): readonly Found[] {
  const product = (kind: string): Found | undefined => {
    const named = found.filter(({ rule }) => rule.kind === kind && !rule.generic);
    return named.length === 1 ? named[0] : undefined;
  };
  const targets = new Map(
    found.flatMap((one) => {
      const target = one.rule.generic && one.rule.kind ? product(one.rule.kind) : undefined;
      return target ? [[one, target] as const] : [];
    }),
  );
  return found
    .filter((one) => !targets.has(one))
    .map((one) => {
      const same = found.filter((other) => targets.get(other) === one);
      return { ...one, unnamed: same.flatMap(({ hits }) => hits) };
    });
}

const placesOf = (hits: readonly Hit[]): string[] => [
  ...new Set(hits.map(({ statement }) => citeOf(statement))),
];

/** A requirement says best what it is for, then whatever else names it. */
const best = (hits: readonly Hit[]): Hit | undefined =>
  hits.find(({ statement }) => statement.kind === "requirement") ?? hits[0];

function pointOf({ rule, hits, unnamed, listed }: Found): ArchitectureDesign["integration_points"] {
  const first = best(hits);
  if (!first) return [];
  return [
    {
      name: rule.name,
      purpose: [
        `${citeOf(first.statement)}: "${quoteOf(first.statement.text, 150)}"`,
        ...unnamed
          .slice(0, 2)
          .map(({ statement, words }) => `as "${words}" in ${citeOf(statement)}`),
        ...listed.map((place) => `named as a dependency, ${place}`),
      ].join("; "),
      requirements: [...new Set([...hits, ...unnamed].map(({ statement }) => statement.id))]
        .filter((id) => /\d/.test(id))
        .slice(0, 8),
      places: placesOf([...hits, ...unnamed]).slice(0, 8),
    },
  ];
}

/** What the feature needs of others: products and services its statements name, then what it lists as dependencies. */
export function integrationsOf(
  statements: readonly Statement[],
  spec: Spec,
): ArchitectureDesign["integration_points"] {
  const dependencies = spec.dependencies.map(({ text, line }) => {
    const said = plain(text).slice(0, 2_000);
    return { name: quoteOf(/^([^:]{2,60}):/.exec(said)?.[1] ?? said, 60), said, line };
  });
  const found = merged(
    INTEGRATIONS.flatMap((rule) => {
      const hits = hitsOf(statements, rule.pattern);
      return hits.length > 0 ? [{ rule, hits, unnamed: [], listed: [] }] : [];
    }),
  );
  const own = dependencies.filter(
    ({ name }) =>
      !found.some(
        ({ rule }) => rule.name.toLowerCase() === name.toLowerCase() || rule.pattern.test(name),
      ),
  );
  const listed = (rule: IntegrationRule): readonly string[] =>
    dependencies
      .filter((one) => !own.includes(one) && rule.pattern.test(one.name))
      .map(({ line }) => `line ${line}`);
  return [
    ...found.flatMap((one) => pointOf({ ...one, listed: listed(one.rule) })),
    ...own.map(({ name, said, line }) => ({
      name,
      purpose: `Named as a dependency (line ${line}): "${quoteOf(said, 150)}"`,
      requirements: [],
      places: [`Dependency (line ${line})`],
    })),
  ];
}
