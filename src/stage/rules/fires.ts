import type { Circumstances } from "./circumstances.ts";
import type { FiredRule } from "./fired-rule.ts";
import type { Rule } from "./rule.ts";

/** What a rule found, without what it changed. */
type Finding = Omit<FiredRule, "changes">;

/** Whether a rule is about this stage and its condition holds; what it found then, else undefined. */
export function fires(rule: Rule, stage: string, about: Circumstances): Finding | undefined {
  const { name, source, stages, workflows, when } = rule;
  if (stages && !stages.includes(stage)) return undefined;
  if (workflows && !workflows.includes(about.workflow)) return undefined;
  const found = { rule: name, source, on: when.on };
  if (when.on === "implementation")
    return about.implementation === when.is
      ? {
          ...found,
          value: about.implementation,
          is: "equal",
          threshold: when.is,
          from: "configuration",
        }
      : undefined;
  if (when.on === "resources") {
    const { limited, because, from } = about.resources;
    return limited
      ? { ...found, value: because, is: "equal", threshold: when.is, from }
      : undefined;
  }
  const threshold =
    about.workflow === "complete" ? (when.inComplete ?? when.threshold) : when.threshold;
  const { value, source: from } = about.readings[when.on];
  const holds = when.is === "above" ? value > threshold : value < threshold;
  return holds ? { ...found, value, is: when.is, threshold, from } : undefined;
}
