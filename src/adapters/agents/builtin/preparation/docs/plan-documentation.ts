import type { DocumentationPlan } from "../../../../../stage/contracts/preparation.ts";
import { citeOf, hitsOf } from "../../analysis/evidence.ts";
import { isTooling, toolsOf } from "../../analysis/tooling.ts";
import { capitalize } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { algorithmsOf } from "../core/algorithms.ts";
import { dataStructuresOf } from "../core/data-structures.ts";
import { interfacesFor } from "../core/interfaces.ts";
import { designIntegrations } from "../integrations/design-integrations.ts";
import { audiencesOf } from "./audiences.ts";
import { MOST, type Document } from "./document.ts";
import { documentationWork } from "./documentation-work.ts";
import { guidesOf } from "./guides.ts";
import { replacedBy } from "./migration.ts";

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

/** Docs Engineer: a document for each reader whom the spec gives a reason for, and what a move from today's way asks. */
export function planDocumentation(basis: Basis): { documentation_plan: DocumentationPlan } {
  const guides = guidesOf(basis);
  const found = [
    ...guides,
    ...commandReference(basis),
    ...requiredDocuments(basis),
    ...operatorNotes(basis),
    ...developerNotes(basis),
  ];
  const documents = [...new Map(found.map((one) => [one.name, one])).values()];
  const migration = replacedBy(basis).map(({ said, source }) => `“${said}” (${source})`);
  const written = documents.length > 0 ? documents : [fallback(basis)];
  return {
    documentation_plan: {
      documents: written,
      migration,
      tasks: documentationWork(written, migration, basis),
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
