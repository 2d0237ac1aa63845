import type {
  DocumentationPlan,
  ProposedWork,
} from "../../../../../stage/contracts/preparation.ts";
import { citeOf, hitsOf } from "../../analysis/evidence.ts";
import { isTooling, toolsOf } from "../../analysis/tooling.ts";
import { wordsOf, stem, singular, capitalize } from "../../text/terms.ts";
import { titleOf, type Basis } from "../basis.ts";
import { algorithmsOf } from "../core/algorithms.ts";
import { dataStructuresOf } from "../core/data-structures.ts";
import { interfacesFor } from "../core/interfaces.ts";
import { designIntegrations } from "../integrations/design-integrations.ts";
import { WORK } from "../work-ids.ts";
import { audiencesOf, type Audience } from "./audiences.ts";
import { replacedBy } from "./migration.ts";

type Document = DocumentationPlan["documents"][number];

const MOST = 12;

const isBy = (actor: string | undefined, { key }: Audience): boolean =>
  actor !== undefined && stem(wordsOf(singular(actor)).at(-1) ?? "") === key;

/** What an audience does by the requirements, and the scenarios in which it does it. */
function guideFor(audience: Audience, basis: Basis): readonly Document[] {
  const { around, subjects } = basis;
  const personal = (subject: readonly string[]): boolean =>
    subject.includes(audience.key) && subjects.people.size > 0;
  const own = around.demands.filter(
    ({ actions, subject }) =>
      actions.some(({ actor }) => isBy(actor, audience)) || personal(subject),
  );
  const shown = around.scenarios.filter(({ when, given, text }) =>
    wordsOf(when || given || text)
      .map(stem)
      .includes(audience.key),
  );
  if (own.length === 0 && shown.length === 0) return [];
  const offered = interfacesFor(basis)
    .flatMap(({ operations }) => operations)
    .filter(
      ({ callers }) => Array.isArray(callers) && callers.some((one) => isBy(String(one), audience)),
    );
  const sections = [
    ...new Set([
      ...own.filter(({ restricts }) => !restricts).map((demand) => titleOf(demand, basis)),
      ...offered.map(({ purpose }) => purpose),
    ]),
  ];
  return [
    {
      name: `Guide for ${audience.name.toLowerCase()}`,
      audience: audience.name,
      purpose: `What ${audience.name.toLowerCase()} do, step by step, and what they see when it is refused`,
      sections:
        sections.length > 0
          ? sections.slice(0, MOST)
          : [
              ...new Set(
                shown.map(
                  ({ story }) => around.spec.stories.find(({ id }) => id === story)?.title ?? story,
                ),
              ),
            ],
      examples: shown
        .slice(0, MOST)
        .map(({ source, when, then }) => `${source}: ${capitalize(when || then)}`),
      requirements: [
        ...new Set([
          ...own.map(({ id }) => id),
          ...(own.length > 0 ? [] : shown.map(({ story }) => story)),
        ]),
      ],
    },
  ];
}

/** Something runs by itself, has to be configured, kept or watched: somebody has to know how. */
function operatorNotes(basis: Basis): readonly Document[] {
  const { integrations, configuration } = designIntegrations(basis).integration_design;
  const jobs = algorithmsOf(basis).filter(({ name }) =>
    /^(?:Due at|Recurring|Deadline|Expiry|Kept without)/.test(name),
  );
  if (configuration.length === 0 && jobs.length === 0) return [];
  const failing = integrations.filter(({ name }) =>
    configuration.some(({ source }) => source === name),
  );
  return [
    {
      name: "Operations notes",
      audience: "Operators",
      purpose:
        "How it is configured, what runs by itself, and what to do when something outside fails",
      sections: [
        ...(configuration.length > 0
          ? [`Configuration: ${configuration.map(({ name }) => name).join(", ")}`]
          : []),
        ...jobs.map(({ name, requirements }) => `${name} (${requirements.join(", ")})`),
        ...failing.map(({ name, errors }) => `When ${name} fails: ${errors.length} cases`),
      ],
      examples: failing.flatMap(({ errors, name }) =>
        errors.slice(0, 1).map(({ failure }) => `${name}: ${failure}`),
      ),
      requirements: [...new Set([...jobs, ...failing].flatMap(({ requirements }) => requirements))],
    },
  ];
}

/** Modules that need each other are a contract between the people who build them. */
function developerNotes(basis: Basis): readonly Document[] {
  const interfaces = interfacesFor(basis);
  if (basis.modules.length < 2 || interfaces.length === 0) return [];
  const kept = dataStructuresOf(basis);
  const hard = algorithmsOf(basis).slice(0, 3);
  return [
    {
      name: "Developer notes",
      audience: "Developers",
      purpose:
        "Where things live, what each module keeps and offers, and why the hard places are as they are",
      sections: [
        `Modules: ${basis.modules.map(({ name }) => name).join(", ")}`,
        ...(kept.length > 0 ? [`Data: ${kept.map(({ name }) => name).join(", ")}`] : []),
        ...interfaces.map(
          ({ name, operations }) => `${name}: ${operations.map((one) => one.name).join(", ")}`,
        ),
      ],
      examples: hard.map(
        ({ name, requirements }) =>
          `${name}, as ${requirements.join(", ")} ${requirements.length === 1 ? "asks" : "ask"} for it`,
      ),
      requirements: [...new Set(hard.flatMap(({ requirements }) => requirements))],
    },
  ];
}

/** Commands and scripts are used from their reference. */
function commandReference(basis: Basis): readonly Document[] {
  const tools = isTooling(basis.around)
    ? toolsOf(basis.around).filter(({ kind }) => kind === "command" || kind === "script")
    : [];
  if (tools.length === 0) return [];
  return [
    {
      name: "Command reference",
      audience: "Developers",
      purpose: "Each command with its arguments, what it reads and writes, and how it ends",
      sections: tools.slice(0, MOST).map(({ name, flags }) => [name, ...flags].join(" ")),
      examples: basis.around.scenarios.slice(0, 4).map(({ source, when }) => `${source}: ${when}`),
      requirements: [...new Set(tools.flatMap(({ demands }) => demands))],
    },
  ];
}

/** What a document that a requirement itself asks for is called and must hold. */
function requiredDocuments(basis: Basis): readonly Document[] {
  const asked = hitsOf(
    basis.statements.filter(({ kind }) => kind === "requirement"),
    /\b(?:readme|user guide|documentation|help page|changelog)\b/iu,
  );
  return asked.slice(0, 3).map(({ statement, words }) => ({
    name: capitalize(words),
    audience: audiencesOf(basis)[0]?.name ?? "Users",
    purpose: `Asked for by ${citeOf(statement)}`,
    sections: [statement.text],
    examples: [],
    requirements: [statement.id],
  }));
}

function migrationOf(basis: Basis): string[] {
  const replaced = replacedBy(basis);
  if (replaced.length === 0) return [];
  return [...replaced.map(({ said, source }) => `“${said}” (${source})`)];
}

function workOf(
  documents: readonly Document[],
  migration: readonly string[],
  basis: Basis,
): ProposedWork[] {
  const demands = new Set(basis.around.demands.map(({ id }) => id));
  const after = (ids: readonly string[]): string[] =>
    ids.filter((id) => demands.has(id)).map(WORK.demand);
  return [
    ...documents.map(({ name, requirements }): ProposedWork => ({
      id: WORK.document(name),
      title: `Write the ${name.charAt(0).toLowerCase()}${name.slice(1)} and let one of its readers follow it`,
      builds: name,
      requirements:
        requirements.length > 0 ? [...requirements] : basis.spec.stories.map(({ id }) => id),
      depends_on: after(requirements),
      phase: "quality",
    })),
    ...(migration.length === 0
      ? []
      : [
          {
            id: WORK.migration,
            title:
              "Settle how people and records move over from what is there today, and write it down",
            builds: "migration",
            requirements: basis.spec.stories.map(({ id }) => id).slice(0, 20),
            depends_on: [WORK.structure],
            phase: "quality" as const,
          },
        ]),
  ];
}

/** Docs Engineer: a document for each reader whom the spec gives a reason for, and what a move from today's way asks. */
export function planDocumentation(basis: Basis): { documentation_plan: DocumentationPlan } {
  const guides = audiencesOf(basis).flatMap((audience) => guideFor(audience, basis));
  const found = [
    ...guides,
    ...commandReference(basis),
    ...requiredDocuments(basis),
    ...operatorNotes(basis),
    ...developerNotes(basis),
  ];
  const documents = [...new Map(found.map((one) => [one.name, one])).values()];
  const migration = migrationOf(basis);
  const written = documents.length > 0 ? documents : [fallback(basis)];
  return {
    documentation_plan: {
      documents: written,
      migration,
      tasks: workOf(written, migration, basis),
      unknowns: [
        ...(migration.length > 0
          ? [
              "What happens on the day of the change with records that exist in the old way: not in the specification.",
            ]
          : []),
        "In which languages and in which form (page, help text, printed sheet) readers get the documents: not in the specification.",
        ...(guides.length === 0
          ? ["Who the readers are: the specification names nobody who acts."]
          : []),
      ],
    },
  };
}

/** Somebody has to build it, whoever uses it. */
const fallback = ({ around }: Basis): Document => ({
  name: "Developer notes",
  audience: "Developers",
  purpose: "Where things live and which requirement each part carries",
  sections: around.demands.slice(0, MOST).map(({ id, text }) => `${id}: ${text.slice(0, 120)}`),
  examples: [],
  requirements: around.demands.map(({ id }) => id),
});
