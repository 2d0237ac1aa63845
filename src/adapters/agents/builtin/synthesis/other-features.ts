import type { Spec } from "../../../../spec/model.ts";
import type { PlanModel } from "./plan-model.ts";

/** Another feature that the spec builds on: its name as written, and the sentence that says so. */
export interface OtherFeature {
  readonly name: string;
  readonly text: string;
}

/** `AUTH-01`, `002-account-balances`; the ids that this tool reads itself are not features. */
const FEATURE =
  /\b(?!(?:N?FR|SC|US|DEC|ADR|RFC|ISO|UTF|SHA|HTTP|TLS|WCAG|AES|OWASP)-)[A-Z]{2,8}-\d{2,3}\b|\b\d{3}-[a-z]{3,}(?:-[a-z]+)+\b/g;
/** The feature comes after this one, or merely exists beside it. */
const LATER =
  /\blater\b|\badded by\b|\bdelivered by\b|\bonce\b|\blands?\b|\bfuture\b|\bout of scope\b/i;
const BUILDS =
  /\breus|\bbuilds?\b|\bdepend|\brequire|\bprerequisite|\bexisting\b|\bfrom\b|\bprovided\b|\bper\b/i;

/** Other features that requirements, assumptions and answers rely on; not the spec's own, nor ones that come later. */
export function otherFeatures({ spec }: Pick<PlanModel, "spec">): readonly OtherFeature[] {
  const own = `${spec.title} ${spec.branch ?? ""}`;
  const known = new Set(spec.dependencies.flatMap(({ text }) => text.match(FEATURE) ?? []));
  const found = new Map<string, string>();
  for (const text of statements(spec)) {
    for (const name of text.match(FEATURE) ?? [])
      if (
        !own.includes(name) &&
        !known.has(name) &&
        !found.has(name) &&
        BUILDS.test(text) &&
        !LATER.test(text)
      )
        found.set(name, text);
  }
  return [...found].map(([name, text]) => ({ name, text }));
}

/** Sentence by sentence, those written to state what is given first. */
const statements = (spec: Spec): readonly string[] =>
  [
    ...spec.assumptions.map(({ text }) => text),
    ...spec.constraints.map(({ text }) => text),
    ...spec.answered.map(({ answer }) => answer),
    ...spec.requirements.map(({ text }) => text),
  ].flatMap((text) => text.split(/(?<=[.;])\s+(?=\p{Lu}|\*)/u));
