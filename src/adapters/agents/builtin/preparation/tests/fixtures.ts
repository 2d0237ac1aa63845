import type { TestStrategy } from "../../../../../stage/contracts/preparation.ts";
import { naming, topicName } from "../../analysis/domain.ts";
import { citeOf } from "../../analysis/evidence.ts";
import { entityTopic } from "../../architecture/entity-owners.ts";
import { sentenceList } from "../../synthesis/markdown.ts";
import { stem, wordsOf } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { fieldsOf } from "../core/entity-fields.ts";
import type { Case, DraftCase } from "./draft-case.ts";

type Fixture = TestStrategy["fixtures"][number];

export const standIn = (system: string): string => `Stand-in: ${system}`;

/** Names of the entities that a case begins with or speaks of, and of the systems that a stand-in plays. */
export function fixturesFor(
  { given, when, then, systems }: DraftCase,
  { spec }: Basis,
): readonly string[] {
  const told = systems.length > 0 ? [] : [given, when, then];
  const words = wordsOf(told.filter(Boolean).join(" ")).map(stem);
  const entities = spec.entities
    .filter(({ name, line }) => naming(entityTopic(name, line), words) >= 1)
    .map(({ name }) => topicName(name));
  return [...new Set([...entities, ...systems.map(standIn)])];
}

/** Most states of one fixture told one by one. */
const STATES = 6;

/** The fixtures that cases use: each entity with the states in which cases begin, each outside system as a stand-in. */
export function fixturesOf(cases: readonly Case[], { spec }: Basis): Fixture[] {
  const entities = spec.entities.flatMap((entity): Fixture[] => {
    const name = topicName(entity.name);
    const users = cases.filter(({ fixtures }) => fixtures.includes(name));
    if (users.length === 0) return [];
    const topic = entityTopic(entity.name, entity.line);
    const states = new Map<string, readonly string[]>();
    for (const { id, given } of users)
      if (given !== null && naming(topic, wordsOf(given).map(stem)) >= 1)
        states.set(given, [...(states.get(given) ?? []), id]);
    const fields = fieldsOf(entity).map((field) => field.name);
    const begins = [...states].map(([given, ids]) => `${given} (${ids.join(", ")})`);
    return [
      {
        name,
        contents: [
          fields.length > 0
            ? `one with ${sentenceList(fields)}`
            : "one, by the specification's words",
          ...(begins.length > 0
            ? [
                `as: ${begins.slice(0, STATES).join("; ")}${begins.length > STATES ? `; and ${begins.length - STATES} more` : ""}`,
              ]
            : []),
        ].join("; "),
        source: citeOf({ id: `Entity ${name}`, line: entity.line }),
      },
    ];
  });
  const systems = [...new Set(cases.flatMap((one) => one.systems))];
  return [
    ...entities,
    ...systems.map((system) => ({
      name: standIn(system),
      contents: `answers as ${system} would, remembers what it was asked, and fails on demand in every way that the integration lists`,
      source: system,
    })),
  ];
}
