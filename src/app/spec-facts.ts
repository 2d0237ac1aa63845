import type { Spec } from "../spec/model.ts";
import { specIds } from "../stage/checks/ids.ts";

/** What holds of the subject whatever agents say, one sentence each: goes into simplified results. */
export const specFacts = (spec: Spec): readonly string[] => {
  const ids = specIds(spec);
  return [
    `Subject: ${spec.title}`,
    ...(ids.length > 0 ? [`Ids to cover: ${ids.join(", ")}`] : []),
    ...spec.clarifications.map((open) => `Open question: ${open.question}`),
  ];
};
