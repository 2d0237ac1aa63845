import type { Spec } from "../../../../spec/model.ts";
import type { DiscoveryScope } from "../../../../stage/contracts/discovery.ts";
import { audienceOf } from "../synthesis/audience.ts";
import { plain } from "../text/terms.ts";

/** Short forms that need no explaining. */
const KNOWN =
  /^(?:API|CLI|CPU|CRUD|CSS|CSV|DB|DNS|FAQ|GPS|GUI|HTML|HTTPS?|ID|IDE|IDs|IP|ISO|JSON|JWT|MUST|NOT|OS|OTP|PDF|PNG|QR|REST|SDK|SHALL|SHOULD|SLA|SMS|SQL|SSO|TBD|TLS|UI|URIs?|URLs?|USB|UTC|UTF|UUID|UX|XML|YAML|NEEDS|CLARIFICATION|GDPR|CI|CD|AND|OR|MAY|MFA|EUR|USD|AM|PM|OK)$/;
const SHORT_FORM = /\b[A-Z]{2,6}s?\b/g;
/** Capitalised inside a sentence: a name, or a thing of the domain. */
const NAMED = /(?<=[\p{Ll},;]\s)\p{Lu}\p{Ll}{2,}(?:\s\p{Lu}\p{Ll}{2,})?/gu;
const MOST = 15;

/** Parts that a plan needs, when one is missing, and how to fill it. */
const PARTS: readonly {
  readonly part: string;
  readonly lacks: (spec: Spec) => boolean;
  readonly why: string;
  readonly how: string;
}[] = [
  {
    part: "User stories",
    lacks: ({ stories }) => stories.length === 0,
    why: "nothing says who wants what, so nothing can be ordered or shown",
    how: "Write one story for each thing that a person wants to get done, most important first.",
  },
  {
    part: "Acceptance scenarios",
    lacks: ({ stories }) => stories.some(({ scenarios }) => scenarios.length === 0),
    why: "a story without a case can't be tested",
    how: "Give each story at least one case: given, when, then.",
  },
  {
    part: "Numbered requirements",
    lacks: ({ requirements }) => requirements.length === 0,
    why: "tasks and tests can't be tied to what they serve",
    how: "Write each demand on a line of its own, with a number of its own.",
  },
  {
    part: "Success criteria",
    lacks: ({ criteria }) => criteria.length === 0,
    why: "nobody can say afterwards whether it worked",
    how: "Name two to five outcomes with a number each.",
  },
  {
    part: "Key entities",
    lacks: ({ entities }) => entities.length === 0,
    why: "data that has to be stored is only mentioned",
    how: "List the things that are kept, with what is known of each.",
  },
  {
    part: "Edge cases",
    lacks: ({ edgeCases }) => edgeCases.length === 0,
    why: "failures and limits turn up while building",
    how: "Ask of each story what happens when it fails, is empty, is too large or happens twice.",
  },
  {
    part: "Out of scope",
    lacks: ({ outOfScope }) => outOfScope.length === 0,
    why: "what is left out on purpose can't be told from what was forgotten",
    how: "Name what people may expect and will not get.",
  },
];

/** Scope Analyst: words that are not explained, who takes part, and what a plan needs and does not find. */
export function findScope(spec: Spec): { discovery_scope: DiscoveryScope } {
  const actors = audienceOf(spec);
  return {
    discovery_scope: {
      terms: unexplained(spec),
      actors: actors.map((name) => actor(spec, name)),
      missing: PARTS.filter(({ lacks }) => lacks(spec)).map(({ part, why, how }) => ({
        part,
        why,
        how,
      })),
      unknowns: [
        ...(actors.length === 0
          ? ["Actors: the text names nobody who does or wants something."]
          : []),
        "Whether words mean in the organisation what they mean elsewhere is not in the text.",
      ],
    },
  };
}

interface Statement {
  readonly id: string;
  readonly text: string;
  readonly line: number;
}

const statements = (spec: Spec): readonly Statement[] => [
  ...spec.requirements,
  ...spec.criteria,
  ...spec.unnumbered.map(({ text, line }) => ({ id: `line ${line}`, text, line })),
  ...spec.stories.map(({ id, narrative, line }) => ({ id, text: narrative, line })),
];

/** Names of the domain that no entity defines, and short forms. */
function unexplained(spec: Spec): DiscoveryScope["terms"] {
  const defined = spec.entities.map(({ name }) => name.toLowerCase().replace(/s$/, ""));
  const found = new Map<string, { readonly why: string; readonly at: Set<string> }>();
  const note = (term: string, why: string, at: string) => {
    const known = found.get(term) ?? { why, at: new Set<string>() };
    known.at.add(at);
    found.set(term, known);
  };
  for (const { id, text } of statements(spec)) {
    const said = plain(text).replace(/\b[A-Z]{1,4}-\d+\b/g, " ");
    for (const [term] of said.matchAll(SHORT_FORM))
      if (!KNOWN.test(term)) note(term, "a short form that is not written out", id);
    for (const [term] of said.matchAll(NAMED))
      if (!defined.some((name) => term.toLowerCase().startsWith(name)) && !KNOWN.test(term))
        note(term, "used like a name, and no entity explains it", id);
  }
  return [...found]
    .toSorted(([, a], [, b]) => b.at.size - a.at.size)
    .slice(0, MOST)
    .map(([term, { why, at }]) => ({ term, why, source: [...at].slice(0, 5).join(", ") }));
}

/** What the first statement that names somebody says of them. */
function actor(spec: Spec, name: string): DiscoveryScope["actors"][number] {
  const about = statements(spec).filter(({ text }) => text.toLowerCase().includes(name));
  const [first] = about;
  return {
    name,
    does: first ? plain(first.text).slice(0, 160) : "named without what they do",
    source:
      about.length > 0
        ? about
            .slice(0, 5)
            .map(({ id }) => id)
            .join(", ")
        : "the stories",
  };
}
