import { atLeast, type Level } from "../depth/depth.ts";
import type { StageSpec, Timeouts } from "../stage-spec.ts";
import { ADDITIONS, type AdditionName } from "./addition.ts";
import type { Stated } from "./circumstances.ts";
import type { RuleChange } from "./fired-rule.ts";
import type { Effect } from "./rule.ts";

/** A stage while rules are applied to it. */
export interface Draft {
  readonly stage: StageSpec;
  /** By role. */
  readonly levels: Readonly<Record<string, Level>>;
  readonly sections: readonly AdditionName[];
  readonly brief: boolean;
  readonly review: "normal" | "comprehensive";
  readonly qa: "normal" | "detailed";
}

interface Carried {
  readonly draft: Draft;
  readonly changes: readonly RuleChange[];
}

type Of<Does extends Effect["does"]> = Extract<Effect, { readonly does: Does }>;

/** Longest time that a rule extends to: what a timer can keep. */
const MAX_MS = 2 ** 31 - 1;

/** Carry one effect out. What is as strict already stays, and nothing is said to have changed. */
export function carryOut(draft: Draft, effect: Effect, stated: Stated): Carried {
  const { stage } = draft;
  switch (effect.does) {
    case "limit-concurrency": {
      const concurrency = Math.min(stage.concurrency, effect.to);
      return setStage(draft, "specialists at once", { concurrency });
    }
    case "run-sequentially":
      return setStage(draft, "specialists", { order: "sequential" });
    case "extend-timeouts":
      return extendTimeouts(draft, effect, stated);
    case "iterate": {
      const synthesisIterations = Math.max(stage.synthesisIterations, effect.times);
      return setStage(draft, "synthesis iterations", { synthesisIterations });
    }
    case "make-gate-strict":
      return makeStrict(draft);
    case "cache-aggressively":
      return stage.cache === "off" || stated.cache
        ? { draft, changes: [] }
        : setStage(draft, "cache", { cache: "aggressive" });
    case "skip-optional":
      return skipOptional(draft);
    case "deepen":
      return deepenAll(draft, effect.to);
    case "deepen-role":
      return deepenRole(draft, effect.role, effect.to);
    case "review-comprehensively":
      return changed(draft, "review", [draft.review, "comprehensive"], { review: "comprehensive" });
    case "detail-qa":
      return changed(draft, "QA", [draft.qa, "detailed"], { qa: "detailed" });
    case "simplify-outputs":
      return changed(draft, "outputs", [draft.brief ? "brief" : "full", "brief"], { brief: true });
    case "require-section":
      return requireSection(draft, effect.section);
    case "discover-first":
      // A stage of its own, which was asked for before this one began.
      return { draft, changes: [] };
  }
}

function makeStrict(draft: Draft): Carried {
  const { gate } = draft.stage;
  return changed(draft, "gate", [gate.strict === true ? "strict" : "normal", "strict"], {
    stage: { ...draft.stage, gate: { ...gate, strict: true } },
  });
}

const deepenAll = (draft: Draft, to: Level): Carried =>
  Object.keys(draft.levels).reduce(
    (carried: Carried, role) => joined(carried, deepenRole(carried.draft, role, to)),
    { draft, changes: [] },
  );

const joined = (one: Carried, other: Carried): Carried => ({
  draft: other.draft,
  changes: [...one.changes, ...other.changes],
});

function changed(
  draft: Draft,
  what: string,
  [from, to]: readonly [string, string],
  set: Partial<Draft>,
): Carried {
  if (from === to) return { draft, changes: [] };
  return { draft: { ...draft, ...set }, changes: [{ what, from, to }] };
}

/** Set one plain field of the stage. */
function setStage(
  draft: Draft,
  what: string,
  set: Partial<Pick<StageSpec, "concurrency" | "synthesisIterations" | "cache" | "order">>,
): Carried {
  const [entry] = Object.entries(set);
  const before = new Map<string, unknown>(Object.entries(draft.stage));
  if (!entry) return { draft, changes: [] };
  const [field, to] = entry;
  const texts = [String(before.get(field)), String(to)] as const;
  return changed(draft, what, texts, { stage: { ...draft.stage, ...set } });
}

const TIMES = ["agentMs", "stallMs", "reviewMs", "synthesisMs", "qaMs", "stageMs"] as const;

/** Only times that the user left to the profile: what was set in so many words is a bound. */
function extendTimeouts(draft: Draft, { by }: Of<"extend-timeouts">, stated: Stated): Carried {
  const { timeouts } = draft.stage;
  const free = TIMES.filter((name) => !stated.timeouts.includes(name));
  const extended = Object.fromEntries(
    free.map((name) => [name, Math.min(MAX_MS, Math.round(timeouts[name] * by))]),
  ) as Partial<Timeouts>;
  if (free.length === 0) return { draft, changes: [] };
  const kept = stated.timeouts.length === 0 ? "" : ", but those that are set";
  return changed(draft, "timeouts", ["100 %", `${Math.round(by * 100)} %${kept}`], {
    stage: { ...draft.stage, timeouts: { ...timeouts, ...extended } },
  });
}

function deepenRole(draft: Draft, role: string, to: Level): Carried {
  const from = draft.levels[role];
  if (from === undefined) return { draft, changes: [] };
  const level = atLeast(from, to);
  return changed(draft, `depth of ${role}`, [from, level], {
    levels: { ...draft.levels, [role]: level },
  });
}

/** The section is required of the stage's main artifact. */
function requireSection(draft: Draft, name: AdditionName): Carried {
  const [main, ...others] = draft.stage.artifacts;
  const { section } = ADDITIONS[name];
  if (!main || main.sections.includes(section)) return { draft, changes: [] };
  return changed(draft, main.name, ["", `section "${section}"`], {
    stage: {
      ...draft.stage,
      artifacts: [{ ...main, sections: [...main.sections, section] }, ...others],
    },
    sections: [...draft.sections, name],
  });
}

/** Artifacts that need not be there are not asked for, and not taken. */
function skipOptional(draft: Draft): Carried {
  const { artifacts } = draft.stage;
  const optional = artifacts.filter(({ required }) => !required);
  const names = optional.map(({ name }) => name).join(", ");
  return changed(draft, "optional documents", [names, optional.length === 0 ? names : "none"], {
    stage: { ...draft.stage, artifacts: artifacts.filter(({ required }) => required) },
  });
}
