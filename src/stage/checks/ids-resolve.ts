import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { idsIn, idsKnownToSpec, normalId } from "./ids.ts";

/** Requirement, criterion, story, risk and task ids that the artifacts mention exist in the spec or in an analysis. */
export function checkIdsResolve({
  spec,
  artifacts,
  answers,
  documents,
  main,
}: CheckSubject): CheckResult {
  const known = new Set([
    ...idsKnownToSpec(spec),
    ...(answers.requirements?.non_functional.map(({ id }) => normalId(id)) ?? []),
    ...(answers.risk?.risks.map(({ id }) => normalId(id)) ?? []),
    ...answers.estimations.flatMap(({ phases }) =>
      phases.flatMap(({ tasks }) => tasks.map(({ id }) => normalId(id))),
    ),
    ...definedRisks(main.text),
    ...Object.values(documents).flatMap((text) => idsIn(text)),
  ]);
  const findings = Object.entries(artifacts).flatMap(([name, text]) =>
    idsIn(text)
      .filter((id) => !known.has(id))
      .map((id) => `${name} mentions ${id}, which neither the documents nor an analysis defines.`),
  );
  return outcome(
    { id: "ids-resolve", title: "Ids mentioned in the artifacts exist", blocking: true },
    findings,
  );
}

/** Risks that the plan itself defines: first cell of a table row. */
const definedRisks = (plan: string): readonly string[] =>
  [...plan.matchAll(/^\|\s*(R-\d+)\s*\|/gim)].map(([, id = ""]) => normalId(id));
