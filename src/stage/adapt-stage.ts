import type { RunEvent } from "../core/event.ts";
import type { Spec } from "../spec/model.ts";
import { DISCOVERY } from "./built-in/discovery.ts";
import { applyRules, discoveryAskedBy } from "./rules/apply-rules.ts";
import type { Circumstances } from "./rules/circumstances.ts";
import type { FiredRule } from "./rules/fired-rule.ts";
import type { StageSpec } from "./stage-spec.ts";

/** What is known when a stage's input has been taken down: all that a rule may look at. */
export interface Measured {
  /** The specification as the stage gets it. */
  readonly spec: Spec;
  readonly text: string;
  /** Further documents by name, `repository.json` among them where the stage reads it. */
  readonly documents: Readonly<Record<string, string>>;
  /** Scores, machine and what the user said. */
  readonly circumstances: Circumstances;
  /** The run in which a discovery was approved that was made from this very specification, and lies there unchanged. */
  readonly discoveredIn: string | null;
}

/** The stage as it is to be passed, or why it is not needed; with events that say what brought it about. */
export type Adapted =
  | { readonly stage: StageSpec; readonly events: readonly RunEvent[] }
  | { readonly notNeeded: string; readonly events: readonly RunEvent[] };

/**
 * What is made of a stage once its input is measured (ST-14). Asked exactly once for each time a stage begins; what it
 * gives is journaled with the input, so that a replay by a newer version changes nothing.
 */
export type AdaptStage = (stage: StageSpec, measured: Measured) => Adapted;

/** By depth and rules (ST-14, ST-15). The discovery stage is only needed where a rule about planning asks for it. */
export const adaptByRules: AdaptStage = (stage, { circumstances, discoveredIn }) => {
  const asked = stage.name === DISCOVERY.name ? discoveryAskedBy("planning", circumstances) : [];
  const byRules = stage.name === DISCOVERY.name && circumstances.discovery === "by-rules";
  if (byRules && asked.length === 0) return { notNeeded: whyNotNeeded(circumstances), events: [] };
  const changes = [{ what: "stages", from: "", to: stage.name }];
  const wanted = asked.map((found) => firedEvent(stage, { ...found, changes }));
  if (byRules && discoveredIn !== null)
    return {
      notNeeded: `approved in run ${discoveredIn}, from this specification`,
      events: wanted,
    };
  const { stage: adapted, level, depths, fired } = applyRules(stage, circumstances);
  const chosen: readonly RunEvent[] =
    Object.keys(depths).length === 0
      ? []
      : [
          {
            type: "depth-chosen",
            stage: stage.name,
            level,
            complexity: circumstances.readings.complexity.value,
            depths,
          },
        ];
  return {
    stage: adapted,
    events: [...wanted, ...chosen, ...fired.map((rule) => firedEvent(stage, rule))],
  };
};

const firedEvent = (stage: StageSpec, rule: FiredRule): RunEvent => ({
  type: "rule-fired",
  stage: stage.name,
  ...rule,
});

const whyNotNeeded = ({ readings }: Circumstances): string =>
  `no rule asks for it at clarity ${readings.clarity.value} and uncertainty ${readings.uncertainty.value}`;
