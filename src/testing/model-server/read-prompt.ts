import { PLANNING } from "../../stage/built-in/planning.ts";
import type { RoleSpec, StageSpec } from "../../stage/stage-spec.ts";
import type { TaskKind } from "../../stage/task-kind.ts";

/** What a prompt of a stage asks for, told from its text alone. */
export interface StagePrompt {
  readonly stage: StageSpec;
  readonly role: RoleSpec;
  readonly task: TaskKind;
  /** What stands between its markers, by name in lower case. */
  readonly inputs: Readonly<Record<string, string>>;
  /** It asks once more, because the last answer did not match. */
  readonly repair: boolean;
  readonly text: string;
}

const REPAIR = /^## Your last answer did not match$/m;

/** The prompt of a role in a text that may say more around it; undefined when there is none. */
export function readPrompt(text: string, stage: StageSpec = PLANNING): StagePrompt | undefined {
  const leads: readonly (readonly [RoleSpec, TaskKind])[] = [
    [stage.reviewer, "review"],
    [stage.synthesizer, "synthesis"],
    [stage.qa, "qa"],
  ];
  const roles = [...stage.roles.map((role) => [role, "analysis"] as const), ...leads];
  for (const [, title] of text.matchAll(/^# (.+)$/gm)) {
    const [role, task] = roles.find(([each]) => each.title === title) ?? [];
    if (role !== undefined && task !== undefined)
      return { stage, role, task, inputs: inputsIn(text), repair: REPAIR.test(text), text };
  }
  return undefined;
}

const BEGIN = "-----BEGIN ";
const FENCE = "-----";

/** Named blocks of a prompt. The end marker of a block does not occur in it (stage/prompts.ts), so the first one ends it. */
function inputsIn(text: string): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf(BEGIN, at);
    const named = text.indexOf(`${FENCE}\n`, start + BEGIN.length);
    if (start < 0 || named < 0) return Object.fromEntries(found);
    const marker = text.slice(start + BEGIN.length, named);
    const from = named + FENCE.length + 1;
    const end = text.indexOf(`\n-----END ${marker}-----`, from - 1);
    if (marker.includes("\n") || end < 0) {
      at = start + BEGIN.length;
      continue;
    }
    found.push([marker.replace(/\++$/, "").toLowerCase(), text.slice(from, Math.max(from, end))]);
    at = end + 1;
  }
}
