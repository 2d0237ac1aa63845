import { readJsonTree } from "../../../core/json-tree.ts";
import {
  field,
  items,
  lineOf,
  numberOf,
  wordOf,
  type JsonSource,
  type Value,
} from "../../../core/json-values.ts";
import { placesIn } from "../../../core/text-places.ts";
import { readWorkSpan } from "../../../core/work-span.ts";
import { readDay } from "../../project/local-time.ts";

/** S3's execution plan (`parallel_exec_…`), as far as it says more than a plan does: waves with dates, teams, sessions, deliverables. */
export interface ExecutionPlan {
  readonly root: Value;
  readonly waves: readonly ExecutionWave[];
  /** `wave_execution_plan`. */
  readonly plan: Value;
}

export interface ExecutionWave {
  readonly number: string;
  readonly value: Value;
  readonly phases: readonly ExecutionPhase[];
  /** Days since 1970. */
  readonly start?: number;
  readonly end?: number;
  /** Minutes of work that it is said to take. */
  readonly minutes?: number;
  readonly limit?: number;
}

export interface ExecutionPhase {
  readonly id: string;
  readonly value: Value;
  readonly session?: string;
  readonly teams: readonly NamedValue[];
  readonly dependencies: readonly string[];
  readonly deliverables: readonly string[];
  readonly minutes?: number;
}

/** A name, and where it is written. */
export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

const MAX_DEPTH = 64;
const BLOCK = /^```(?:json)?[ \t]*\r?\n([^]*?)^```/gm;

/** The execution plan in a JSON file, or in the first block of a Markdown file that holds one; undefined where there is none. */
export function readExecutionPlan(text: string, file: string): ExecutionPlan | undefined {
  if (!text.includes("wave_execution_plan")) return undefined;
  const placeAt = placesIn(text, file);
  for (const content of candidates(text)) {
    const { root, problems } = readJsonTree(content, { maxDepth: MAX_DEPTH, lenient: true });
    if (!root || problems.some(({ kind }) => kind === "syntax")) continue;
    const source: JsonSource = { file, text, placeAt };
    const whole = { node: root, source };
    const plan = field(whole, "wave_execution_plan");
    if (plan) return { root: whole, plan, waves: items(field(plan, "waves")).map(waveOf) };
  }
  return undefined;
}

/** Texts of the same length, so that places stay: the file, or one block of it with spaces for the rest. */
function* candidates(text: string): Iterable<string> {
  if (/^\uFEFF?\s{0,200}[{[]/.test(text)) {
    yield text.replace(/^\uFEFF/, " ");
    return;
  }
  for (const found of text.matchAll(BLOCK)) {
    const inside = found[1] ?? "";
    if (!inside.includes("wave_execution_plan")) continue;
    const start = found.index + found[0].indexOf("\n") + 1;
    yield `${" ".repeat(start)}${inside}`;
  }
}

export const minutesOf = (value: Value | undefined): number | undefined =>
  readWorkSpan(wordOf(value) ?? "")?.minutes;

function waveOf(value: Value, at: number): ExecutionWave {
  const [start, end] = [dayOf(field(value, "start_date")), dayOf(field(value, "end_date"))];
  const minutes = minutesOf(field(value, "duration"));
  const limit = numberOf(field(value, "max_concurrent_sessions"));
  return {
    number: wordOf(field(value, "wave_number")) ?? String(at + 1),
    value,
    phases: items(field(value, "phases")).flatMap(phaseOf),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(minutes !== undefined && { minutes }),
    ...(limit !== undefined && { limit }),
  };
}

const dayOf = (value: Value | undefined): number | undefined =>
  readDay((wordOf(value) ?? "").slice(0, 10));

function phaseOf(value: Value): readonly ExecutionPhase[] {
  const id = wordOf(field(value, "phase_id", "id")) ?? wordOf(value);
  if (id === undefined) return [];
  const session = wordOf(field(value, "session_id"));
  const minutes = minutesOf(field(value, "estimated_duration", "duration"));
  const words = (name: string): readonly string[] =>
    items(field(value, name)).flatMap((item) => lineOf(item) ?? []);
  return [
    {
      id,
      value,
      ...(session !== undefined && { session }),
      teams: namesIn(field(value, "team_assignment", "team", "teams")),
      dependencies: words("dependencies"),
      deliverables: words("deliverables"),
      ...(minutes !== undefined && { minutes }),
    },
  ];
}

/** Names in a list, or a single one. */
export const namesIn = (value: Value | undefined): readonly NamedValue[] =>
  items(value).flatMap((item) => {
    const name = wordOf(item);
    return name === undefined ? [] : [{ name, value: item }];
  });

/** Ids of the teams that an execution plan lists. */
export const teamsListed = ({ root }: ExecutionPlan): readonly string[] =>
  items(field(field(root, "resource_analysis"), "available_teams")).flatMap(
    (team) => wordOf(field(team, "team_id", "id", "name")) ?? [],
  );
