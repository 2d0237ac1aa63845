import { normalId } from "../../../../../stage/checks/ids.ts";
import { findCycle } from "../../../../../core/graph/find-cycle.ts";
import { listed } from "../../review/facts.ts";
import type { Conflict, Findings } from "../../review/finding.ts";
import { singular, stem, wordsOf } from "../../text/terms.ts";
import { audiencesOf } from "../docs/audiences.ts";
import type { PreparationFacts } from "./preparation-facts.ts";
import { allWork } from "./read-preparations.ts";

/** A disagreement that rules can name and not decide. */
export const disagree = (
  topic: string,
  severity: Conflict["severity"],
  [one, other]: readonly [readonly [string, string], readonly [string, string]],
  resolution: string,
): Conflict => ({
  topic,
  severity,
  statements: [
    { source: one[0], statement: one[1] },
    { source: other[0], statement: other[1] },
  ],
  fate: "noted",
  resolution,
});

const CALL = /\b[a-z][a-z0-9]{2,}(?:[A-Z][a-z0-9]+)+\b/g;

/** Operations that tests or documents name and no module offers; words of the spec itself are none. */
export function operationsNobodyOffers(facts: PreparationFacts): Findings {
  if (!facts.core) return {};
  const known = new Set(facts.operationNames);
  const spec = JSON.stringify(facts.basis.spec);
  const named: readonly (readonly [string, string])[] = [
    ...(facts.tests?.cases ?? []).map(
      ({ id, given, when, then }) => [`tests, ${id}`, [given, when, then].join(" ")] as const,
    ),
    ...(facts.docs?.documents ?? []).map(
      ({ name, sections, examples }) =>
        [`docs, ${name}`, [...sections, ...examples].join(" ")] as const,
    ),
  ];
  const conflicts = named.flatMap(([source, text]) => {
    const strange = [...new Set(text.match(CALL) ?? [])].filter(
      (one) => !known.has(one) && !spec.includes(one),
    );
    return strange.length === 0
      ? []
      : [
          disagree(
            `Operations that no module offers: ${listed(strange)}`,
            "medium",
            [
              [source, `It relies on ${listed(strange)}.`],
              ["core", "No interface has an operation of that name."],
            ],
            "Name the operation that is meant, or add it to a module's interface, before the work begins.",
          ),
        ];
  });
  return { conflicts };
}

/** Ids that a part speaks of and the spec does not know. */
export function unknownIds(facts: PreparationFacts): Findings {
  const { basis } = facts;
  const known = new Set([
    ...facts.ids,
    ...basis.spec.stories.map(({ id }) => normalId(id)),
    ...basis.around.demands.map(({ id }) => normalId(id)),
    ...basis.plan.risks.map(({ id }) => normalId(id)),
    ...basis.plan.work.tasks.flatMap(({ ids }) => ids),
  ]);
  const strange = [
    ...new Set(
      [
        ...(facts.core?.modules ?? []),
        ...(facts.integrations?.integrations ?? []),
        ...(facts.tests?.cases ?? []),
        ...(facts.docs?.documents ?? []),
        ...allWork(facts),
      ]
        .flatMap(({ requirements }) => requirements.map(normalId))
        .filter((id) => !known.has(id)),
    ),
  ];
  if (strange.length === 0) return {};
  return {
    conflicts: [
      disagree(
        "Ids that the specification does not state",
        "medium",
        [
          ["preparations", `They name ${listed(strange)}.`],
          ["spec", "It has no such ids."],
        ],
        "Left out: preparation adds no requirements.",
      ),
    ],
  };
}

/** Modules or work that wait for each other: the order cannot be built. */
export function cyclicOrder(facts: PreparationFacts): Findings {
  const modules = findCycle(
    new Map((facts.core?.modules ?? []).map((one) => [one.name, one.depends_on])),
  );
  const work = findCycle(new Map(allWork(facts).map((one) => [one.id, one.depends_on])));
  return {
    conflicts: [
      ...(modules
        ? [
            disagree(
              "Modules that need each other",
              "high",
              [
                ["core", `In this order each needs the next: ${modules.join(" → ")}.`],
                ["core", "A module is built after those it needs."],
              ],
              "Let one of them say what it needs as an interface of its own, which the other fills; until then they are built together.",
            ),
          ]
        : []),
      ...(work
        ? [
            disagree(
              "Work that waits for itself",
              "high",
              [
                ["preparations", `In this order each waits for the next: ${work.join(" → ")}.`],
                ["preparations", "Work begins when what it waits for is done."],
              ],
              "The last wait that closes the circle is dropped from the order.",
            ),
          ]
        : []),
    ],
  };
}

/** Readers that no specification names, but every system has. */
const ALWAYS =
  /\b(?:operat|develop|administ|maintain|contribut|support|team|review|engineer|author)/i;

/** Documents for somebody whom the spec does not name. */
export function absentAudiences({ docs, basis }: PreparationFacts): Findings {
  const known = new Set(audiencesOf(basis).map(({ key }) => key));
  const text = JSON.stringify(basis.spec).toLowerCase();
  const strangers = (docs?.documents ?? []).filter(
    ({ audience }) =>
      !ALWAYS.test(audience) &&
      !wordsOf(audience).some(
        (word) => known.has(stem(singular(word))) || text.includes(singular(word)),
      ),
  );
  return {
    conflicts: strangers.map(({ name, audience }) =>
      disagree(
        `A document without a reader: ${name}`,
        "low",
        [
          ["docs", `${name} is for ${audience}.`],
          ["spec", `It never speaks of ${audience}.`],
        ],
        "Kept, and to be dropped unless somebody names its reader.",
      ),
    ),
  };
}
