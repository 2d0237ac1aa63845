import { BUILT_IN_RULES } from "../rules/built-in-rules.ts";
import type { Condition, Effect, Rule } from "../rules/rule.ts";
import type { RuleOptions } from "./rule-options.ts";

/**
 * The rules in force: the built-in ones that are not switched off, then the user's own in the order of the file. Options
 * must have been checked (`check-rules.ts`); what is incomplete is left out.
 */
export function rulesOf(options: Readonly<Record<string, RuleOptions>>): readonly Rule[] {
  const builtIn = new Set(BUILT_IN_RULES.map(({ name }) => name));
  return [
    ...BUILT_IN_RULES.filter(({ name }) => options[name]?.enabled !== false),
    ...Object.entries(options).flatMap(([name, own]) =>
      builtIn.has(name) ? [] : ownRule(name, own),
    ),
  ];
}

/** A rule of the user's, or nothing where it is incomplete or switched off. */
export function ownRule(name: string, options: RuleOptions): readonly Rule[] {
  const when = conditionOf(options.when);
  const then = effectsOf(options.then);
  const { enabled, stages = [] } = options;
  if (enabled === false || !when || then.length === 0 || stages.length === 0) return [];
  return [{ name, source: "configuration", stages, when, then }];
}

/** The condition that the options state; undefined where they state none, or more than one. */
export function conditionOf(when: RuleOptions["when"] = {}): Condition | undefined {
  const { score, above, below, resources, implementation } = when;
  const found: readonly Condition[] = [
    ...(score !== undefined && above !== undefined
      ? [{ on: score, is: "above", threshold: above } as const]
      : []),
    ...(score !== undefined && below !== undefined
      ? [{ on: score, is: "below", threshold: below } as const]
      : []),
    ...(resources === undefined ? [] : [{ on: "resources", is: resources } as const]),
    ...(implementation === undefined
      ? []
      : [{ on: "implementation", is: implementation } as const]),
  ];
  return found.length === 1 ? found[0] : undefined;
}

function effectsOf(then: RuleOptions["then"] = {}): readonly Effect[] {
  const { concurrency, timeouts, depth, sections = [] } = then;
  const iterations = then["synthesis-iterations"];
  return [
    ...(concurrency === undefined ? [] : [{ does: "limit-concurrency", to: concurrency } as const]),
    ...(timeouts === undefined ? [] : [{ does: "extend-timeouts", by: timeouts } as const]),
    ...(depth === undefined ? [] : [{ does: "deepen", to: depth } as const]),
    ...(iterations === undefined ? [] : [{ does: "iterate", times: iterations } as const]),
    ...(then.review === undefined ? [] : [{ does: "review-comprehensively" } as const]),
    ...(then.qa === undefined ? [] : [{ does: "detail-qa" } as const]),
    ...(then.gate === undefined ? [] : [{ does: "make-gate-strict" } as const]),
    ...sections.map((section) => ({ does: "require-section", section }) as const),
    ...(then.discovery === undefined ? [] : [{ does: "discover-first" } as const]),
    ...(then.order === undefined ? [] : [{ does: "run-sequentially" } as const]),
    ...(then.cache === undefined ? [] : [{ does: "cache-aggressively" } as const]),
    ...(then.outputs === undefined ? [] : [{ does: "simplify-outputs" } as const]),
    ...(then.optional === undefined ? [] : [{ does: "skip-optional" } as const]),
  ];
}
