import { formatPlace } from "../../core/place.ts";
import { ADDITIONS } from "../rules/addition.ts";
import { BUILT_IN_RULES } from "../rules/built-in-rules.ts";
import type { Condition, Rule } from "../rules/rule.ts";
import { DEPTH_STAGES } from "../depth/depth-tables.ts";
import type { ConfigFile } from "./config-schema.ts";
import type { ConfigPath, Locate } from "./locate.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { conditionOf, ownRule } from "./own-rules.ts";
import { showValue, type Report } from "./report.ts";

interface RulesToCheck {
  readonly file: Pick<ConfigFile, "rules" | "scores" | "resources">;
  /** The stages that there are. */
  readonly stages: readonly string[];
  /** Whether the schema has found something at or below a path: no second complaint is needed there. */
  readonly touched: (path: ConfigPath) => boolean;
  readonly locate: Locate;
}

/** Rules that are incomplete, can never fire, can do nothing, or contradict each other. */
export function checkRules(check: RulesToCheck, report: Report): void {
  const entries = Object.entries(check.file.rules ?? {});
  const own = entries.flatMap(([name, options]) => {
    const path = ["rules", name] as const;
    if (check.touched(path) || !isComplete(name, options, report)) return [];
    const [rule] = ownRule(name, options);
    return rule ? [rule] : [];
  });
  for (const rule of own) {
    checkStages(rule, check.stages, report);
    checkFires(rule, check.file, report);
    checkEffects(rule, report);
  }
  checkContradictions(own, check.locate, report);
}

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_RULES.map(({ name }) => name));

/** Built-in rules are only switched off; a rule of one's own has stages, one condition and an effect. */
function isComplete(
  name: string,
  options: NonNullable<ConfigFile["rules"]>[string],
  report: Report,
): boolean {
  const given = (["stages", "when", "then"] as const).filter((key) => options[key] !== undefined);
  const problem = (message: string, hint: string) =>
    report({ code: "CONFIG_INCOMPLETE_RULE", path: ["rules", name], part: "key", message, hint });
  if (BUILT_IN.has(name)) {
    if (given.length > 0)
      problem(
        `The rule ${name} is built in; of its options only enabled can be set.`,
        "Switch it off with enabled: false, and write a rule of your own under another name.",
      );
    return false;
  }
  if (options.enabled === false) return false;
  const lacks = (["stages", "when", "then"] as const).filter(
    (key) => options[key] === undefined || Object.keys(options[key]).length === 0,
  );
  const near = nearestName(name, [...BUILT_IN]);
  if (lacks.length > 0)
    problem(
      `The rule ${name} is not a built-in one, and lacks ${lacks.join(", ")}.`,
      near
        ? `Did you mean ${near}? A rule of your own needs stages, when and then.`
        : "Give it stages, when and then.",
    );
  else if (!conditionOf(options.when))
    problem(
      `The rule ${name} has not exactly one condition.`,
      "Give when a score with either above or below, or resources, or implementation.",
    );
  return lacks.length === 0 && conditionOf(options.when) !== undefined;
}

function checkStages({ name, stages = [] }: Rule, known: readonly string[], report: Report): void {
  for (const [index, stage] of stages.entries()) {
    if (known.includes(stage)) continue;
    const near = nearestName(stage, known);
    report({
      code: "CONFIG_UNKNOWN_CHOICE",
      path: ["rules", name, "stages", index],
      part: "value",
      message: `There is no stage ${showValue(stage)}.`,
      hint: near ? `Did you mean ${near}?` : `Use one of: ${known.join(", ")}.`,
    });
  }
}

function checkFires(
  { name, when }: Rule,
  { scores = {}, resources }: RulesToCheck["file"],
  report: Report,
): void {
  const never = whyNever(when, scores, resources);
  if (never !== undefined)
    report({
      code: "CONFIG_RULE_NEVER_FIRES",
      path: ["rules", name, "when"],
      part: "value",
      message: `The rule ${name} can never fire: ${never}.`,
      hint: "Change its condition, or remove the rule.",
    });
}

function whyNever(
  when: Condition,
  scores: NonNullable<ConfigFile["scores"]>,
  resources: ConfigFile["resources"],
): string | undefined {
  if (when.on === "implementation") return undefined;
  if (when.on === "resources")
    return resources === "ample" ? "resources is set to ample" : undefined;
  const { on, is, threshold } = when;
  if (is === "above" && threshold >= 100) return "no score is above 100";
  if (is === "below" && threshold <= 0) return "no score is below 0";
  const set = scores[on];
  const holds = set === undefined || (is === "above" ? set > threshold : set < threshold);
  return holds ? undefined : `scores.${on} is set to ${set}`;
}

/** Effects that the named stages have no place for. */
function checkEffects({ name, stages = [], then }: Rule, report: Report): void {
  for (const effect of then) {
    const fits = (stage: string) =>
      effect.does === "require-section"
        ? ADDITIONS[effect.section].stage === stage
        : effect.does === "deepen"
          ? DEPTH_STAGES.includes(stage)
          : effect.does === "discover-first"
            ? stage === "planning"
            : true;
    const idle = stages.filter((stage) => !fits(stage));
    if (idle.length === 0) continue;
    const what =
      effect.does === "require-section"
        ? `the section ${effect.section}`
        : effect.does === "deepen"
          ? "depth"
          : "discovery";
    report({
      code: "CONFIG_RULE_WITHOUT_EFFECT",
      path: ["rules", name, "then"],
      part: "value",
      message: `The rule ${name} asks for ${what}, which means nothing in ${idle.join(" and ")}.`,
      hint: "Remove the effect, or make two rules of it with the stages that each fits.",
    });
  }
}

const asks = (rule: Rule, does: "deepen" | "simplify-outputs"): boolean =>
  rule.then.some((effect) => effect.does === does);

/** Two of the user's rules of which one asks for depth and the other for few words, where both can hold at once. */
function checkContradictions(rules: readonly Rule[], locate: Locate, report: Report): void {
  for (const brief of rules.filter((rule) => asks(rule, "simplify-outputs")))
    for (const deep of rules.filter((rule) => asks(rule, "deepen"))) {
      const shared = (brief.stages ?? []).filter((stage) => deep.stages?.includes(stage));
      if (shared.length === 0 || !canHoldTogether(brief.when, deep.when)) continue;
      const other = formatPlace(locate(["rules", deep.name], "key"));
      report({
        code: "CONFIG_RULE_CONTRADICTION",
        path: ["rules", brief.name, "then"],
        part: "value",
        message:
          brief === deep
            ? `The rule ${brief.name} asks for brief outputs and for depth at once.`
            : `The rule ${brief.name} asks for brief outputs of ${shared.join(" and ")}, and ${deep.name} (${other}) for depth; both can hold at once.`,
        hint: "Remove one of the effects, or make the conditions exclude each other.",
      });
    }
}

/** Whether two conditions can be true of one stage: not two ranges of one score that do not meet. */
function canHoldTogether(one: Condition, other: Condition): boolean {
  if (one.on === "resources" || one.on === "implementation") return true;
  if (other.on === "resources" || other.on === "implementation") return true;
  if (one.on !== other.on || one.is === other.is) return true;
  const [low, high] = one.is === "above" ? [one, other] : [other, one];
  return low.threshold + 1 < high.threshold;
}
