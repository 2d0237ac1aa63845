import { listed } from "../../review/facts.ts";
import type { Conflict, Findings, Gap } from "../../review/finding.ts";
import { sharedTerms } from "../../review/terms.ts";
import { outsideOf } from "../integrations/outside-systems.ts";
import { isRequirement, type PreparationFacts } from "./preparation-facts.ts";

const SAID: Readonly<Record<string, string>> = {
  core: "modules and what they offer",
  integrations: "the contract with anything outside",
  tests: "test cases",
  docs: "documents",
};

/** Parts that nobody delivered: without the core nothing can be built from it. */
export function missingParts({ missing }: PreparationFacts): Findings {
  const lost = missing.find(({ part }) => part === "core");
  const conflicts: Conflict[] = lost
    ? [
        {
          topic: "The core's preparation is missing",
          severity: "critical",
          statements: [
            { source: "stage", statement: "The core's preparation is required." },
            { source: "core", statement: `It was not delivered: ${lost.reason}.` },
          ],
          fate: "escalated",
          resolution: null,
        },
      ]
    : [];
  return {
    conflicts,
    gaps: missing.map(({ part, reason }) => ({
      description: `The preparation of ${part} is missing (${reason}): the plan has no ${SAID[part] ?? part}.`,
      affects: [part],
      source: "reviewer",
    })),
    guidance: missing.map(
      ({ part }) => `Say plainly that there is no preparation of ${part}; do not fill the gap.`,
    ),
  };
}

/** Requirements of which a part says nothing. */
function untold(
  what: string,
  found: readonly string[],
  source: string,
  resolution: string,
): readonly Conflict[] {
  if (found.length === 0) return [];
  return [
    {
      topic: `Requirements that ${what}`,
      severity: "medium",
      statements: [
        { source: "spec", statement: `It requires ${listed(found)}.` },
        { source, statement: `It names ${found.length === 1 ? "it" : "them"} nowhere.` },
      ],
      fate: "noted",
      resolution,
    },
  ];
}

/** Requirements that no module carries, or no case tests and nobody explained. */
export function uncarried(facts: PreparationFacts): Findings {
  const { core, tests, ids } = facts;
  const homeless = core
    ? ids.filter((id) => isRequirement(id) && facts.modulesCarrying(id).length === 0)
    : [];
  const excused = new Set(
    (tests?.not_testable ?? []).map(({ requirement }) => requirement.toUpperCase()),
  );
  const untested = tests
    ? ids.filter((id) => facts.casesFor(id).length === 0 && !excused.has(id.toUpperCase()))
    : [];
  return {
    conflicts: [
      ...untold(
        "no module carries",
        homeless,
        "core",
        "Each gets a task of its own; which module it belongs to stays open.",
      ),
      ...untold(
        "no case tests",
        untested,
        "tests",
        "Named in the plan as not tested; write a case before the work on them begins.",
      ),
    ],
    gaps: (tests?.not_testable ?? []).map(({ requirement, reason }): Gap => ({
      description: `${requirement} cannot be tested: ${reason}.`,
      affects: [requirement],
      source: "tests",
    })),
  };
}

/** Components of the plan without a module, and modules that realise a component the plan does not have. */
export function planAgainstModules({ basis, core }: PreparationFacts): Findings {
  if (!core || basis.plan.components.length === 0) return {};
  const planned = basis.plan.components.map(({ name }) => name);
  const realised = new Set(core.modules.map(({ component, name }) => component ?? name));
  const lost = planned.filter((name) => !realised.has(name));
  const added = core.modules.filter(
    ({ component }) => component !== null && !planned.includes(component),
  );
  return {
    conflicts:
      lost.length + added.length === 0
        ? []
        : [
            {
              topic: "Modules and the plan's components differ",
              severity: "medium",
              statements: [
                { source: "plan.md", statement: `Its components are ${listed(planned)}.` },
                {
                  source: "core",
                  statement:
                    `${lost.length > 0 ? `No module realises ${listed(lost)}. ` : ""}${added.length > 0 ? `Of its own it adds ${listed(added.map(({ name }) => name))}.` : ""}`.trim(),
                },
              ],
              fate: "noted",
              resolution:
                "A deviation from the approved architecture: have it approved or take it back.",
            },
          ],
  };
}

const SECRET = /SECRET|PASSWORD|TOKEN|CREDENTIAL|PRIVATE/i;

/** Systems that spec or plan name and nobody designed, and designs without failures or cases. */
export function integrationGaps(facts: PreparationFacts): Findings {
  const { integrations, tests, basis } = facts;
  if (!integrations) return {};
  const designed = integrations.integrations;
  const forgotten = outsideOf(basis).filter(
    ({ name }) =>
      !designed.some((one) => one.name === name || sharedTerms(one.name, name).length > 0),
  );
  const tested = (name: string, ids: readonly string[]): boolean =>
    (tests?.cases ?? []).some(
      ({ title, fixtures, requirements }) =>
        sharedTerms(name, `${title} ${fixtures.join(" ")}`).length > 0 ||
        requirements.some((id) => ids.includes(id)),
    );
  return {
    gaps: [
      ...forgotten.map(({ name, purpose }): Gap => ({
        description: `${name} is named (${purpose}), but no integration is designed for it.`,
        affects: [name],
        source: "integrations",
      })),
      ...designed
        .filter(({ errors }) => errors.length === 0)
        .map(({ name }): Gap => ({
          description: `Nothing says what happens when ${name} fails.`,
          affects: [name],
          source: "integrations",
        })),
      ...(tests
        ? designed.filter(({ name, requirements }) => !tested(name, requirements))
        : []
      ).map(({ name }): Gap => ({
        description: `No case tests the integration of ${name}.`,
        affects: [name],
        source: "tests",
      })),
    ],
  };
}

/** Settings that look secret and are not marked so. */
export function openSecrets({ integrations }: PreparationFacts): Findings {
  const open = (integrations?.configuration ?? []).filter(
    ({ name, secret }) => !secret && SECRET.test(name),
  );
  return {
    conflicts: open.map(({ name }) => ({
      topic: `A setting that looks secret and is not marked so: ${name}`,
      severity: "medium" as const,
      statements: [
        { source: "integrations", statement: `${name} is marked as not secret.` },
        { source: "reviewer", statement: "Its name says that it is." },
      ],
      fate: "reconciled" as const,
      resolution: "Treated as secret.",
    })),
  };
}
