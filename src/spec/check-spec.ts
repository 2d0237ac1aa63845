import { compareDiagnostics, type Diagnostic } from "../core/diagnostic.ts";
import { checkCompound } from "./checks/compound.ts";
import { checkContradictions } from "./checks/contradictions.ts";
import { checkCriteria } from "./checks/criteria.ts";
import { checkEntities } from "./checks/entities.ts";
import { checkIds } from "./checks/ids.ts";
import { checkOpenPoints } from "./checks/open-points.ts";
import { bodiesByLine, passageOf, type Check, type CheckInput } from "./checks/passage.ts";
import { checkStories } from "./checks/stories.ts";
import { checkStructure } from "./checks/structure.ts";
import { checkTestability } from "./checks/testability.ts";
import { checkWording } from "./checks/wording.ts";
import type { Spec } from "./model.ts";
import { readSpec } from "./parse-spec.ts";

const CHECKS: readonly Check[] = [
  checkStructure,
  checkIds,
  checkStories,
  checkCriteria,
  checkOpenPoints,
  checkWording,
  checkCompound,
  checkTestability,
  checkContradictions,
  checkEntities,
];

/**
 * Judge a spec as a requirements engineer would (INCOSE Guide to Writing Requirements, ISO/IEC/IEEE 29148), with the
 * place of each finding. `spec` must be what `parseSpec` read from `text`. Each code is explained in
 * docs/spec-checks.md. Rules only say what can be decided from the text; in doubt they are silent.
 */
export function checkSpec(spec: Spec, text: string): readonly Diagnostic[] {
  const reading = readSpec(spec.file, text);
  const bodies = bodiesByLine(reading);
  const input: CheckInput = {
    ...reading,
    spec,
    text,
    requirements: spec.requirements.map((item) => passageOf(bodies, item)),
    criteria: spec.criteria.map((item) => passageOf(bodies, item)),
  };
  return CHECKS.flatMap((check) => check(input)).toSorted(compareDiagnostics);
}
