import {
  blocks,
  bullets,
  count,
  inline,
  sentence,
  sentenceList,
} from "../../synthesis/markdown.ts";
import type { ImplementationModel } from "./implementation-model.ts";

/** How many files of one requirement are named. */
const MOST_FILES = 2;
const MOST_LISTED = 12;

/** What stands below a task about a requirement that the repository or tasks.md already speaks of. */
export function knownOf(model: Pick<ImplementationModel, "facts">, id: string): readonly string[] {
  const { beside } = model.facts;
  const { files, tests } = beside.existing(id);
  const tasks = beside.tasksNaming(id);
  const there = [...files.slice(0, MOST_FILES), ...tests.slice(0, 1)];
  const more = files.length + tests.length - there.length;
  return [
    there.length > 0
      ? `There already: ${sentenceList(there.map((path) => `\`${path}\``))}${more > 0 ? ` and ${count(more, "more file")}` : ""}; extend it, or show that it holds`
      : "",
    tasks.length > 0 ? `In tasks.md as ${sentenceList(tasks, 6)}` : "",
  ].filter(Boolean);
}

/** What the repository holds of the feature already; nothing where there is no source. */
export function thereAlready({ facts }: ImplementationModel): string | undefined {
  const { measured, existing } = facts.beside;
  if (!measured?.scanned || measured.debt.facts.sourceFiles === 0) return undefined;
  const { sourceFiles, testFiles } = measured.debt.facts;
  const named = facts.ids.filter((id) => existing(id).files.length > 0);
  return `**What is there already:** ${count(sourceFiles, "source file")} and ${count(testFiles, "test file")}; technical debt ${measured.debt.score.value} of 100. ${
    named.length === 0
      ? "None of them names an id of this specification"
      : `${named.length} of ${count(facts.ids.length, "requirement or criterion", "requirements and criteria")} are at work in files that name them: ${sentenceList(named, 20)}`
  }${measured.traceability.sharedWith.length > 0 ? ", as far as ids that other specifications use too can be told apart" : ""}.`;
}

/** Choices that research.md records. */
export const researched = ({ facts }: ImplementationModel): readonly string[] =>
  facts.beside.decisions
    .slice(0, MOST_LISTED)
    .map(({ topic, decision }) => `**Decided in research.md:** ${inline(`${topic}: ${decision}`)}`);

/** Calls that files under contracts/ fix. */
export function fixedContracts({ facts }: ImplementationModel): string | false {
  const { contracts } = facts.beside;
  if (contracts.length === 0) return false;
  return blocks(
    "### Contracts beside the specification",
    bullets(
      contracts
        .slice(0, MOST_LISTED)
        .map(
          ({ file, calls }) =>
            `${inline(`\`${file}\``)}: ${calls.length > 0 ? inline(sentenceList(calls, 8)) : "no calls that rules can read"}`,
        ),
    ),
    "They were there before this plan: where an operation below a module says otherwise, the contract holds until both are changed.",
  );
}

/** Rules of the constitution that bind the work, with those that do not hold today first. */
export function bindingRules({ facts }: ImplementationModel): string | false {
  const rules = facts.beside.measured?.constitution ?? [];
  if (rules.length === 0) return false;
  const ranked = rules.toSorted(
    (a, b) => Number(b.verdict === "broken") - Number(a.verdict === "broken"),
  );
  return blocks(
    "**Rules of the constitution that bind this work**",
    bullets([
      ...ranked
        .slice(0, MOST_LISTED)
        .map(
          ({ line, text, verdict, reason }) =>
            `${sentence(inline(text))} (line ${line}${verdict === "broken" ? `; does not hold today: ${inline(reason)}` : ""})`,
        ),
      ...(ranked.length > MOST_LISTED
        ? [`${count(ranked.length - MOST_LISTED, "more rule")} in constitution.md.`]
        : []),
    ]),
  );
}

const flat = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Fields that data-model.md gives a record and the specification does not. */
export function furtherFields(
  { facts }: Pick<ImplementationModel, "facts">,
  record: { readonly name: string; readonly fields: readonly { readonly name: string }[] },
): string | undefined {
  const known = new Set(record.fields.map(({ name }) => flat(name)));
  const more = (facts.beside.fields.get(record.name.toLowerCase()) ?? []).filter(
    (name) => !known.has(flat(name)),
  );
  return more.length === 0 ? undefined : `By data-model.md also: ${sentenceList(more, 12)}`;
}
