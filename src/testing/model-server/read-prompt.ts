import { PLANNING } from "../../stage/built-in/planning.ts";
import type { RoleSpec, StageSpec } from "../../stage/stage-spec.ts";
import type { TaskKind } from "../../stage/task-kind.ts";

/** What a prompt of a stage asks for, told from its text alone. */
export interface StagePrompt {
  readonly stage: StageSpec;
  readonly role: RoleSpec;
  readonly task: TaskKind;
  /** What stands between the lines with its boundary, by name. */
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

const BEGIN = /^-----BEGIN DATA ([0-9a-f]{16}) (.+)-----\n/gm;

/** Named blocks of a prompt. A block's boundary occurs in no text (core/delimited-data.ts), so that its first end is its own. */
function inputsIn(text: string): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  let after = 0;
  for (const begin of text.matchAll(BEGIN)) {
    const [line, boundary = "", name = ""] = begin;
    const from = begin.index + line.length;
    const end = text.indexOf(`\n-----END DATA ${boundary} ${name}-----`, from);
    if (begin.index < after || end < 0) continue;
    found.push([name, text.slice(from, end)]);
    after = end;
  }
  return Object.fromEntries(found);
}
