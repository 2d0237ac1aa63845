import type { ProjectEstimation } from "../../../../stage/contracts/planning.ts";
import { hitsOf, quoteOf, type Statement } from "../analysis/evidence.ts";

interface RoleRule {
  readonly role: string;
  readonly when: RegExp;
}

const ROLES: readonly RoleRule[] = [
  {
    role: "Security reviewer",
    when: /\b(?:passwords?|tokens?|hash(?:ed)?|authori[sz]\w+|mots? de passe|payments?|encrypt\w*)\b/iu,
  },
  {
    role: "Interface designer",
    when: /\b(?:dashboard|screens?|pages?|forms?|calendar view|layout|formulaires?|wcag|rgaa|buttons?)\b/iu,
  },
  {
    role: "Operations",
    when: /\b(?:outage|downtime|scheduled (?:deposits?|jobs?)|containers?|e-?mail (?:service|delivery)|deploy\w*|migrat\w+)\b/iu,
  },
  { role: "Mobile developer", when: /\b(?:mobile app|expo|react native|android|ios)\b/iu },
];

/** Who is needed, each with the text that says so; effort only where tasks add up to it. */
export function resourcesOf(
  statements: readonly Statement[],
  effort: { readonly building: number; readonly verifying: number },
  facts: { readonly tooling: boolean; readonly open: number },
): ProjectEstimation["resources"] {
  const developer = facts.tooling ? "Tooling developer" : "Developer";
  const named = ROLES.flatMap(({ role, when }) => {
    const hits = hitsOf(
      statements.filter(({ kind }) => kind === "requirement" || kind === "scenario"),
      when,
    );
    const ids = [...new Set(hits.map(({ statement }) => statement.id))];
    const first = hits[0];
    return first && ids.length >= 2
      ? [
          {
            role,
            why: `${ids.slice(0, 4).join(", ")} speak of it, first “${quoteOf(first.words, 40)}”`,
          },
        ]
      : [];
  });
  return [
    { role: developer, why: "All tasks up to verification", effort_days: effort.building },
    { role: "Test engineer", why: "The verification phase", effort_days: effort.verifying },
    ...named,
    ...(facts.open > 0
      ? [
          {
            role: "Product owner",
            why: `${facts.open} open question${facts.open === 1 ? "" : "s"} to answer before the affected tasks start`,
          },
        ]
      : []),
  ];
}
