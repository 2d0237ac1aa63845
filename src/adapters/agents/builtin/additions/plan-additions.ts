import { ADDITIONS, type AdditionName } from "../../../../stage/rules/addition.ts";
import { blocks } from "../synthesis/markdown.ts";
import type { PlanModel } from "../synthesis/plan-model.ts";
import { planMaterial, type PlanMaterial } from "./plan-material.ts";
import {
  assumptionSection,
  clarificationSection,
  exampleSection,
  stakeholderSection,
  validationSection,
} from "./question-sections.ts";
import { readDirections } from "./read-directions.ts";
import { contingencySection, optionSection, prototypeSection } from "./risk-sections.ts";

type Write = (material: PlanMaterial) => string;

const WRITERS: Readonly<Partial<Record<AdditionName, Write>>> = {
  clarifications: clarificationSection,
  stakeholders: stakeholderSection,
  "validation-gates": validationSection,
  prototypes: prototypeSection,
  assumptions: assumptionSection,
  options: optionSection,
  contingency: contingencySection,
  examples: exampleSection,
};

/** The sections of plan.md that rules ask for, in the order of the rules; empty where none does. */
export function planAdditions(model: PlanModel, inputs: Readonly<Record<string, string>>): string {
  const { sections } = readDirections(inputs);
  if (sections.length === 0) return "";
  const material = planMaterial(model, inputs);
  return blocks(
    ...sections.flatMap((name) => {
      const write = WRITERS[name];
      return write ? [blocks(`## ${ADDITIONS[name].section}`, write(material))] : [];
    }),
  );
}
