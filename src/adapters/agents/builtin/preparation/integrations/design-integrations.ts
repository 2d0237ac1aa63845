import type {
  IntegrationDesign,
  ProposedWork,
} from "../../../../../stage/contracts/preparation.ts";
import { readEdgeCases } from "../../analysis/edge-cases.ts";
import type { Statement } from "../../analysis/evidence.ts";
import { sharedCount } from "../../analysis/relevance.ts";
import { cutAtClause } from "../../text/clause.ts";
import { lowered } from "../../synthesis/markdown.ts";
import { plain, termsOf } from "../../text/terms.ts";
import { titleOf, type Basis } from "../basis.ts";
import { WORK } from "../work-ids.ts";
import type { FailureRule } from "./adapter-kinds-lexicon.ts";
import { outsideOf, type OutsideSystem } from "./outside-systems.ts";

type Integration = IntegrationDesign["integrations"][number];

/** Statements that speak of a system: those that name it or what it is used for. */
function speakingOf(
  { name, requirements, purpose }: OutsideSystem,
  { statements }: Basis,
): readonly Statement[] {
  const terms = new Set([
    ...termsOf(name),
    ...(/payment/i.test(purpose) ? termsOf("payment provider") : []),
  ]);
  return statements.filter(
    (one) => requirements.includes(one.id) || sharedCount(terms, one.terms) > 0,
  );
}

/** Where a spec says what is done, and not only what there is. */
const ANSWERS: ReadonlySet<Statement["kind"]> = new Set(["edge-case", "scenario", "requirement"]);

/** The statement's own answer where it speaks of the failure; else what is proposed, said to be that. */
function responseTo(
  { answered, proposed }: FailureRule,
  system: OutsideSystem,
  basis: Basis,
): string {
  const said = speakingOf(system, basis).find(
    ({ text, kind }) => ANSWERS.has(kind) && answered.test(text),
  );
  if (!said) return `Not in the specification. Proposed: ${proposed}`;
  const edge = readEdgeCases(basis.around).find(({ line }) => line === said.line);
  const words =
    edge?.handling ??
    said.text.split(/(?<=[.;])\s/).find((part) => answered.test(part)) ??
    said.text;
  return `${cutAtClause(words, 200)} (${said.kind === "edge-case" ? "edge case" : said.id}, line ${said.line})`;
}

function integrationOf(system: OutsideSystem, basis: Basis): Integration {
  const { name, purpose, requirements, kind } = system;
  const asked = basis.around.demands.filter(({ id }) => requirements.includes(id));
  return {
    name,
    purpose,
    requirements: [...requirements],
    contract: {
      operations: asked.map((demand) => `${titleOf(demand, basis)} (${demand.id})`),
      events: [...kind.events],
    },
    adapter: { pattern: kind.pattern, reason: kind.reason },
    errors: kind.failures.map((rule) => ({
      failure: rule.failure,
      response: responseTo(rule, system, basis),
    })),
  };
}

const settingName = (text: string): string =>
  text
    .replace(/\be-(?=mail)/gi, "e")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");

function configurationOf(systems: readonly OutsideSystem[]): IntegrationDesign["configuration"] {
  return systems.flatMap(({ name, kind }) =>
    kind.settings.map((setting) => ({
      name: `${settingName(name) || "SYSTEM"}_${setting.name}`,
      meaning: setting.meaning,
      secret: setting.secret,
      source: name,
    })),
  );
}

/** Names of demands' modules are the core's; here each system gets an agreement before and an adapter after. */
function workOf(systems: readonly OutsideSystem[], basis: Basis): ProposedWork[] {
  const stories = basis.spec.stories.map(({ id }) => id);
  const secrets = configurationOf(systems);
  const work = systems.flatMap(({ name, requirements, kind }): ProposedWork[] => {
    const ids = requirements.length > 0 ? [...requirements] : stories;
    return [
      {
        id: WORK.agreement(name),
        title: kind.format
          ? `Fix the form of the ${name}: columns or fields, names, order, an example`
          : `Fix the contract with ${name} and put a stand-in for tests behind it`,
        builds: name,
        requirements: ids,
        depends_on: [WORK.structure],
        phase: "foundation",
      },
      {
        id: WORK.adapter(name),
        title: kind.format
          ? `Build the ${name}'s writer or reader with the answers to its failures`
          : `Build the adapter for ${name} with the answers to its failures`,
        builds: name,
        requirements: ids,
        depends_on: [
          WORK.agreement(name),
          ...(secrets.some(({ source }) => source === name) ? [WORK.configuration] : []),
        ],
        phase: "core",
      },
    ];
  });
  if (secrets.length === 0) return work;
  const configured = systems.filter(({ name }) => secrets.some(({ source }) => source === name));
  const served = [...new Set(configured.flatMap(({ requirements }) => requirements))];
  return [
    ...work,
    {
      id: WORK.configuration,
      title: `Read the configuration (${secrets.length} settings) at start and refuse to start without it; secrets stay out of the repository and the log`,
      builds: "configuration",
      requirements: served.length > 0 ? served : stories,
      depends_on: [WORK.structure],
      phase: "foundation",
    },
  ];
}

function unknownsOf(systems: readonly OutsideSystem[], { plan, statements }: Basis): string[] {
  if (systems.length === 0)
    return [
      "Nothing outside the feature: neither specification nor plan names another system, file format or device.",
    ];
  const unproduct = systems.filter(
    ({ name, kind }) => /delivery|provider|service/i.test(name) && kind.settings.length > 0,
  );
  const decided = plan.decisions
    .filter(({ chosen }) => chosen !== "")
    .map(({ chosen }) => chosen)
    .join(" ");
  return [
    ...unproduct
      .filter(({ name }) => !decided.toLowerCase().includes(name.toLowerCase()))
      .map(
        ({ name }) => `Which product ${lowered(name)} is: the specification names the kind only.`,
      ),
    ...systems
      .filter(({ requirements }) => requirements.length === 0)
      .map(({ name }) => `What is asked of ${plain(name)}: no requirement names it.`),
    ...(statements.some(({ text }) => /\brate limits?\b|\bquota/i.test(text))
      ? []
      : ["Limits and prices of the outside services: not in the specification."]),
  ];
}

/** Integrations/Adapters Engineer: what is outside, what goes over each line, how it fails, and what has to be configured. */
export function designIntegrations(basis: Basis): { integration_design: IntegrationDesign } {
  const systems = outsideOf(basis);
  return {
    integration_design: {
      integrations: systems.map((system) => integrationOf(system, basis)),
      configuration: configurationOf(systems),
      tasks: workOf(systems, basis),
      unknowns: unknownsOf(systems, basis),
    },
  };
}
