import { listed } from "../../review/facts.ts";
import type { Findings } from "../../review/finding.ts";
import { disagree } from "./name-findings.ts";
import type { PreparationFacts } from "./preparation-facts.ts";
import { allWork } from "./read-preparations.ts";

interface Names {
  readonly source: string;
  readonly what: string;
  readonly said: readonly string[];
  readonly known: readonly string[];
}

function namesIn(facts: PreparationFacts): readonly Names[] {
  const { core, tests, moduleNames } = facts;
  const cases = tests?.cases ?? [];
  const work = allWork(facts);
  const homes = [
    ...(core?.data_structures ?? []),
    ...(core?.interfaces ?? []),
    ...(core?.algorithms ?? []),
  ].map(({ module }) => module);
  const needed = (core?.modules ?? []).flatMap(({ depends_on }) => depends_on);
  return [
    { source: "core", what: "modules", said: [...homes, ...needed], known: moduleNames },
    {
      source: "tests",
      what: "levels",
      said: cases.map(({ level }) => level),
      known: (tests?.levels ?? []).map(({ name }) => name),
    },
    {
      source: "tests",
      what: "fixtures",
      said: cases.flatMap(({ fixtures }) => fixtures),
      known: (tests?.fixtures ?? []).map(({ name }) => name),
    },
    {
      source: "preparations",
      what: "work",
      // where a part is missing, so is its work, and that is told already
      said: facts.missing.length > 0 ? [] : work.flatMap(({ depends_on }) => depends_on),
      known: work.map(({ id }) => id),
    },
  ];
}

/** Modules, levels, fixtures and work that are named and that the part which should define them does not. */
export function danglingNames(facts: PreparationFacts): Findings {
  const conflicts = namesIn(facts).flatMap(({ source, what, said, known }) => {
    const all = new Set(known);
    const strange = [...new Set(said)].filter((name) => !all.has(name));
    if (strange.length === 0) return [];
    return [
      disagree(
        `${what.charAt(0).toUpperCase()}${what.slice(1)} that ${what === "work" ? "is" : "are"} named and nowhere defined`,
        "medium",
        [
          [source, `It names ${listed(strange)}.`],
          [source, `Its list of ${what} has none of that name.`],
        ],
        what === "work"
          ? "Left out of the order: nothing can wait for work that nobody proposed."
          : "Kept as named; define or rename before the work begins.",
      ),
    ];
  });
  return { conflicts };
}
