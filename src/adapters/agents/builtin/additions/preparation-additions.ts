import { ADDITIONS, type AdditionName } from "../../../../stage/rules/addition.ts";
import type { ImplementationModel } from "../preparation/synthesis/implementation-model.ts";
import { blocks } from "../synthesis/markdown.ts";
import {
  compatibilitySection,
  debtMaterial,
  documentationSection,
  migrationSection,
  refactoringSection,
  regressionSection,
  type DebtMaterial,
} from "./debt-sections.ts";
import {
  checkpointSection,
  componentCheckpointSection,
  incrementSection,
  phaseValidationSection,
  rollbackSection,
  testingRigorSection,
} from "./phase-sections.ts";
import { readDirections } from "./read-directions.ts";

type Write = (material: DebtMaterial) => string;

const WRITERS: Readonly<Partial<Record<AdditionName, Write>>> = {
  "component-checkpoints": ({ model }) => componentCheckpointSection(model),
  "testing-rigor": ({ model }) => testingRigorSection(model),
  refactoring: refactoringSection,
  "regression-tests": regressionSection,
  "migration-phases": migrationSection,
  "documentation-rewrite": documentationSection,
  "backwards-compatibility": compatibilitySection,
  increments: ({ model }) => incrementSection(model),
  checkpoints: ({ model }) => checkpointSection(model),
  "phase-validation": ({ model }) => phaseValidationSection(model),
  rollback: ({ model }) => rollbackSection(model),
};

/** The sections of implementation_plan.md that rules ask for, in the order of the rules; empty where none does. */
export function preparationAdditions(
  model: ImplementationModel,
  inputs: Readonly<Record<string, string>>,
): string {
  const { sections } = readDirections(inputs);
  if (sections.length === 0) return "";
  const material = debtMaterial(model, inputs);
  return blocks(
    ...sections.flatMap((name) => {
      const write = WRITERS[name];
      return write ? [blocks(`## ${ADDITIONS[name].section}`, write(material))] : [];
    }),
  );
}
