import { specIds } from "../../../../../stage/checks/ids.ts";
import { count, inline, sentence, sentenceList, short } from "../../synthesis/markdown.ts";
import { showsInUse } from "../../synthesis/shows-in-use.ts";
import type { PlannedPhase } from "../../synthesis/plan-model.ts";
import { isTooling } from "../../analysis/tooling.ts";
import type { PreparationFacts } from "../review/preparation-facts.ts";

const FORMAT = /\b(?:file|format|export|import)s?$/i;

type Unverified = Omit<PlannedPhase, "verify" | "criteria">;

const fieldsTold = (fields: readonly { readonly name: string }[]): string =>
  fields.length > 0 ? ` with ${sentenceList(fields.map(({ name }) => name))}` : "";

/** What must hold before the core's work begins. */
function foundationLines({
  core,
  integrations,
  tests,
  basis,
}: PreparationFacts): readonly string[] {
  const calls = (core?.interfaces ?? []).reduce(
    (sum, { operations }) => sum + operations.length,
    0,
  );
  const systems = integrations?.integrations ?? [];
  return [
    ...(core?.data_structures ?? []).map(({ name, fields, invariants }) =>
      sentence(
        inline(
          `${name} ${isTooling(basis.around) ? "is in its place" : "can be stored and read"}${fieldsTold(fields)}${invariants.length > 0 ? `; ${count(invariants.length, "rule")} of its own ${invariants.length === 1 ? "holds" : "hold"} in the store` : ""}`,
        ),
      ),
    ),
    ...(calls > 0
      ? [
          `${calls === 1 ? "The one operation" : `All ${calls} operations`} can be called from a test and ${calls === 1 ? "answers" : "answer"} “not built yet”.`,
        ]
      : []),
    ...(systems.length > 0
      ? [
          sentence(
            inline(
              `What goes to and from ${sentenceList(systems.map(({ name }) => name))} is agreed and written down`,
            ),
          ),
        ]
      : []),
    ...((tests?.fixtures ?? []).length > 0
      ? ["Every fixture can be made and thrown away by a test."]
      : []),
  ];
}

/** Each module by the cases that show its requirements. */
function coreLines(facts: PreparationFacts): readonly string[] {
  const { core, integrations } = facts;
  return [
    ...(core?.modules ?? [])
      .filter(({ requirements }) => requirements.length > 0)
      .map(({ name, requirements }) => {
        const cases = [...new Set(requirements.flatMap((id) => facts.casesFor(id)))].filter((id) =>
          facts.tests?.cases.some((one) => one.id === id && !one.source.startsWith("SC-")),
        );
        return sentence(
          inline(
            cases.length > 0
              ? `${name}: ${sentenceList(cases, 12)} ${cases.length === 1 ? "passes" : "pass"}`
              : `${name}: ${sentenceList(requirements)} shown to whoever asked for ${requirements.length === 1 ? "it" : "them"}`,
          ),
        );
      }),
    ...(integrations?.integrations ?? []).map(({ name, errors }) =>
      sentence(
        inline(
          `${name}: ${FORMAT.test(name) ? "what is written is read back the same" : "works against its test access or the device itself"}, and ${errors.length === 0 ? "what happens when it fails is decided" : errors.length === 1 ? "its failure gets its response" : `each of its ${errors.length} failures gets its response`}`,
        ),
      ),
    ),
  ];
}

/** The whole, its figures and its readers. */
function qualityLines({ tests, docs, basis }: PreparationFacts): readonly string[] {
  const cases = (tests?.cases ?? []).filter(({ source }) => !source.startsWith("SC-"));
  return [
    ...(cases.length > 0 ? [`All ${cases.length} cases pass in one run, on one build.`] : []),
    ...basis.spec.criteria.map(({ id, text }) =>
      sentence(
        inline(
          `${id}${showsInUse(text) ? " is being recorded, since it shows only in use" : ""}: ${short(text, 200)}`,
        ),
      ),
    ),
    ...(docs?.documents ?? []).map(({ name, audience }) =>
      sentence(inline(`${name}: one of its readers (${audience}) has followed it without help`)),
    ),
    ...(basis.spec.clarifications.length > 0
      ? [
          `No question of the specification is open any more (now ${basis.spec.clarifications.length}).`,
        ]
      : []),
  ];
}

/** Each phase with what must hold at its end; criteria belong to the last one. */
export function withCheckpoints(
  phases: readonly Unverified[],
  facts: PreparationFacts,
): readonly PlannedPhase[] {
  const lines: Readonly<Record<string, readonly string[]>> = {
    foundation: foundationLines(facts),
    core: coreLines(facts),
    quality: qualityLines(facts),
  };
  return phases.map((phase, at) => {
    const own = lines[phase.key] ?? [];
    return {
      ...phase,
      criteria:
        at === phases.length - 1
          ? specIds(facts.basis.spec).filter((id) => id.startsWith("SC-"))
          : [],
      verify:
        own.length > 0
          ? own
          : phase.tasks.map(({ id, title }) => `Task ${id} is done and shown: ${sentence(title)}`),
    };
  });
}
