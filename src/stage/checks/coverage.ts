import type { Spec } from "../../spec/model.ts";
import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { accountableIds, idsIn, ownIds } from "./ids.ts";
import { sectionsOf, titleKey } from "./read-markdown.ts";

/** Which requirements and criteria of the spec the plan addresses, in the spec's order. */
export interface Coverage {
  readonly total: number;
  readonly covered: readonly string[];
  /** Named in the plan's "Not covered" section, or nowhere. */
  readonly notCovered: readonly string[];
}

const NOT_COVERED = titleKey("Not covered");

/** Addressed means: named in the document outside its "Not covered" section. */
export function coverageOf(spec: Spec, document: string): Coverage {
  const { open, excluded } = mentions(spec, document);
  const ids = accountableIds(spec);
  const isCovered = (id: string) => open.has(id) && !excluded.has(id);
  return {
    total: ids.length,
    covered: ids.filter(isCovered),
    notCovered: ids.filter((id) => !isCovered(id)),
  };
}

/** Every requirement and criterion of the spec, whatever family its id is of, is addressed in the plan or named there as not covered (ST-10). */
export function checkCoverage({ spec, main }: CheckSubject): CheckResult {
  const { open, excluded } = mentions(spec, main.text);
  return outcome(
    {
      id: "requirement-coverage",
      title: `Every requirement and success criterion is in ${main.name} or named as not covered`,
      blocking: true,
    },
    accountableIds(spec)
      .filter((id) => !open.has(id) && !excluded.has(id))
      .map((id) => `${id} is neither addressed in ${main.name} nor named as not covered.`),
  );
}

function mentions(spec: Spec, plan: string) {
  const own = ownIds(spec);
  const section = sectionsOf(plan).find(({ title }) => titleKey(title) === NOT_COVERED);
  // Each line speaks for the ids it starts with; a reason may mention others.
  const excluded = (section?.body ?? "")
    .split("\n")
    .flatMap((line) => idsIn(line.split(/[:—]/)[0] ?? "", own));
  const rest = section ? plan.replace(section.body, "") : plan;
  return { open: new Set(idsIn(rest, own)), excluded: new Set(excluded) };
}
