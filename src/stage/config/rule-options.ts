import { z } from "zod";
import { ADDITION_NAMES } from "../rules/addition.ts";
import { SCORE_NAMES } from "../rules/readings.ts";
import { listOf, name, oneOf, section, whole, yesOrNo } from "./fields.ts";

/** What may stand under a rule's name in `wavegate.yaml`: conditions and effects as data, no expressions. */
export const ruleOptions = section({
  enabled: yesOrNo().optional().describe("false switches the rule off; also built-in ones."),
  stages: listOf(name(), "names of stages").optional().describe("Which stages it is about."),
  when: section({
    score: oneOf(SCORE_NAMES).optional().describe("Which score, with above or below."),
    above: whole(0, 100).optional().describe("Fires when the score is greater."),
    below: whole(0, 100).optional().describe("Fires when the score is less."),
    resources: oneOf(["limited"]).optional().describe("Fires when the machine is short."),
    implementation: oneOf(["phased"])
      .optional()
      .describe("Fires when the work is cut into phases."),
  })
    .optional()
    .describe("When it fires: exactly one condition."),
  then: section({
    concurrency: whole(1, 64).optional().describe("Specialists at once, at most."),
    timeouts: z
      .number({ error: "must be a number from 1 to 10" })
      .min(1, "must be a number from 1 to 10")
      .max(10, "must be a number from 1 to 10")
      .optional()
      .describe("Factor for the times that you did not set."),
    depth: oneOf(["medium", "high"]).optional().describe("Depth of all specialists at least."),
    "synthesis-iterations": whole(2, 5)
      .optional()
      .describe("How often the synthesizer writes, at least."),
    review: oneOf(["comprehensive"])
      .optional()
      .describe("The reviewer says of every analysis what was found."),
    qa: oneOf(["detailed"]).optional().describe("QA says of every section what was found."),
    gate: oneOf(["strict"]).optional().describe("Approvals need a reason."),
    sections: listOf(oneOf(ADDITION_NAMES), "names of sections")
      .optional()
      .describe("Sections required of the stage's document."),
    discovery: oneOf(["first"]).optional().describe("The discovery stage comes before planning."),
    order: oneOf(["sequential"]).optional().describe("Specialists one after the other."),
    cache: oneOf(["aggressive"]).optional().describe("Answers count for at least a day."),
    outputs: oneOf(["brief"]).optional().describe("Only what is required, in few words."),
    optional: oneOf(["skip"]).optional().describe("Optional documents are not written."),
  })
    .optional()
    .describe("What it does: each can only tighten."),
});

export type RuleOptions = z.infer<typeof ruleOptions>;
