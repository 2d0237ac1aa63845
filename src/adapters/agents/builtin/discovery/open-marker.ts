import type { Clarification } from "../../../../spec/model.ts";
import type { Asked } from "./same-question.ts";

/** A marker of the specification as the question that a person is asked. */
export const openMarker = ({
  question,
  within,
  line,
}: Clarification): Asked & { readonly requirements: string[] } => ({
  question: question.trim() === "" ? `What is open in ${within ?? `line ${line}`}?` : question,
  requirements: within === undefined ? [] : [within],
});
