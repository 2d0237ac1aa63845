import { z } from "zod";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import type { ImplementationModel } from "../preparation/synthesis/implementation-model.ts";
import { blocks, bullets, cell, inline, sentence, table } from "../synthesis/markdown.ts";

const debtForm = z.object({
  value: z.number(),
  parts: z.array(
    z.object({ name: z.string(), counted: z.string(), share: z.number(), weight: z.number() }),
  ),
  longFiles: z.array(z.string()).default([]),
});

/** What was counted of the repository, and the plan of the implementation. */
export interface DebtMaterial {
  readonly model: ImplementationModel;
  readonly debt: z.infer<typeof debtForm> | undefined;
}

export const debtMaterial = (
  model: ImplementationModel,
  inputs: Readonly<Record<string, string>>,
): DebtMaterial => {
  const read = debtForm.safeParse(parseJson(inputs["debt.json"]));
  return { model, debt: read.success ? read.data : undefined };
};

/** What to do about each part of the debt score, and when. */
const REMEDIES: Readonly<Record<string, readonly [work: string, when: string]>> = {
  "untested-source": [
    "tests that pin down what the code does now",
    "before the first change to a file",
  ],
  "long-files": [
    "one file for each thing that changes for its own reason",
    "before the first task that changes one of them",
  ],
  "postponed-work": [
    "each note done, or turned into a task with an owner",
    "with the task that touches the file",
  ],
  suppressions: [
    "the problem mended that the rule found, and the suppression taken out",
    "with the task that touches the file",
  ],
  "missing-basics": [
    "what is missing set up, so that every change is built and checked alike",
    "first, before any other work",
  ],
};

/** S2 §7, refactoring: extensive. */
export function refactoringSection({ debt }: DebtMaterial): string {
  if (!debt) return "Unknown: nothing was counted of the repository.";
  const owed = debt.parts
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.weight * b.share - a.weight * a.share);
  return blocks(
    `The debt of the repository is ${debt.value} of 100. Largest part first:`,
    owed.length === 0
      ? "No part of it was counted: the value was set."
      : table(
          ["Part", "Counted", "Work", "When"],
          owed.map(({ name, counted }) => {
            const [work, when] = REMEDIES[name] ?? ["to be agreed", "before it is built on"];
            return [cell(name), cell(counted), work, when];
          }),
        ),
    debt.longFiles.length > 0 &&
      blocks("Files to take apart first:", bullets(debt.longFiles.slice(0, 10).map(inline))),
  );
}

const modulesOf = ({ model }: DebtMaterial) => model.facts.core?.modules ?? [];

/** S2 §7, testing: full_regression. */
export function regressionSection(material: DebtMaterial): string {
  const untested = material.debt?.parts.find(({ name }) => name === "untested-source");
  const modules = modulesOf(material);
  return bullets([
    `**Before anything is changed:** the present behaviour of every place that the work touches is pinned down by tests that pass on the code as it is${untested ? ` (now: ${inline(untested.counted)})` : ""}.`,
    ...modules.map(
      ({ name, requirements }) =>
        `**${inline(name)}:** present behaviour around ${inline(requirements.join(", ") || "what it replaces")} is recorded with real inputs and compared after each task.`,
    ),
    "**The whole suite** runs after every task and at every checkpoint; a test that is changed together with the code it tests is looked at by a second person.",
  ]);
}

/** S2 §7, migration: multi_phase. */
export function migrationSection({ model }: DebtMaterial): string {
  const told = (model.facts.docs?.migration ?? []).map((one) => sentence(inline(one)));
  const structures = (model.facts.core?.data_structures ?? []).map(({ name }) => inline(name));
  return blocks(
    bullets([
      `**1. Side by side:** the new ${structures.length > 0 ? `records (${structures.slice(0, 8).join(", ")})` : "code"} is there and filled, nobody reads it yet. Undone by taking it out.`,
      "**2. Switched over:** reading goes to the new side behind a switch, writing to both; the two are compared until they agree. Undone by the switch.",
      "**3. Taken out:** the old side is removed when nothing has used it for the time agreed. Undone only from the copy made before.",
    ]),
    told.length > 0 && blocks("What people who use the present solution are told:", bullets(told)),
  );
}

/** S2 §7, documentation: complete_rewrite. */
export function documentationSection({ model }: DebtMaterial): string {
  const documents = model.facts.docs?.documents ?? [];
  return documents.length === 0
    ? "Unknown: there is no documentation plan."
    : blocks(
        table(
          ["Document, written anew", "For", "Sections"],
          documents.map(({ name, audience, sections }) => [
            cell(name),
            cell(audience),
            cell(sections.join(", ")),
          ]),
        ),
        "Which present document each of them replaces is not in the inputs: whoever writes it names that in its first line, and takes the old one out with it.",
      );
}

/** S2 §7, backwards_compatibility: required. */
export function compatibilitySection({ model }: DebtMaterial): string {
  const interfaces = model.facts.core?.interfaces ?? [];
  const outside = model.facts.integrations?.integrations ?? [];
  return blocks(
    "What works today goes on working until its removal was announced:",
    bullets([
      ...interfaces.map(
        ({ name, operations }) =>
          `**${inline(name)}:** callers of today's form of ${inline(operations.map((one) => one.name).join(", ") || "it")} get the answers they get now; tested with calls recorded before the change.`,
      ),
      ...outside.map(
        ({ name }) =>
          `**${inline(name)}:** messages in the present form are still taken and sent; tested against recorded ones.`,
      ),
      "**Stored data:** records written by the version before are read without a step by hand; tested with a copy.",
    ]),
  );
}
