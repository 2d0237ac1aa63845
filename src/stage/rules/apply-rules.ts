import { levelOf, CONCURRENCY, type Level } from "../depth/depth.ts";
import { depthsFor } from "../depth/depth-tables.ts";
import type { StageSpec } from "../stage-spec.ts";
import type { Circumstances } from "./circumstances.ts";
import { carryOut, type Draft } from "./effects.ts";
import type { FiredRule } from "./fired-rule.ts";
import { fires } from "./fires.ts";
import { withDepths } from "./with-depths.ts";

/** A stage after depth and rules, with the trace of both. */
export interface AppliedRules {
  readonly stage: StageSpec;
  /** The level that the score gives, before rules. */
  readonly level: Level;
  /** Word of the depth by role, for the roles that a table speaks of. */
  readonly depths: Readonly<Record<string, string>>;
  readonly fired: readonly FiredRule[];
}

/**
 * Fit a stage to the work (ST-14, ST-15): depth of each role and concurrency by complexity, then every rule that fires, in
 * order. Pure: the same circumstances give the same stage. A rule only tightens: what the user set is a bound, and
 * quorum, retries, checks and the gate's decision are out of its reach.
 */
export function applyRules(given: StageSpec, about: Circumstances): AppliedRules {
  const level = levelOf(about.readings.complexity.value);
  const table = depthsFor(given.name);
  const stage =
    about.stated.concurrency || table === undefined
      ? given
      : { ...given, concurrency: CONCURRENCY[level] };
  let draft: Draft = {
    stage,
    levels: Object.fromEntries(
      stage.roles.filter(({ name }) => table?.[name]).map(({ name }) => [name, level]),
    ),
    sections: [],
    brief: false,
    review: "normal",
    qa: "normal",
  };
  const fired: FiredRule[] = [];
  for (const rule of about.rules) {
    const finding = fires(rule, given.name, about);
    if (!finding) continue;
    const changes = rule.then.flatMap((effect) => {
      const carried = carryOut(draft, effect, about.stated);
      draft = carried.draft;
      return carried.changes;
    });
    fired.push({ ...finding, changes });
  }
  return { ...withDepths(draft, table ?? {}), level, fired };
}

/** Whether a rule that fires wants the discovery stage before this one; the findings of those that do. */
export const discoveryAskedBy = (stage: string, about: Circumstances) =>
  about.rules
    .filter(({ then }) => then.some(({ does }) => does === "discover-first"))
    .flatMap((rule) => fires(rule, stage, about) ?? []);
