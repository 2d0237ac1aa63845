import {
  field,
  find,
  items,
  numberOf,
  placeOf,
  wordOf,
  type Value,
} from "../../../core/json-values.ts";
import type { FilePlace } from "../../../core/place.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { writeLocalTime } from "../../project/local-time.ts";
import { readShare } from "../team-file/values.ts";
import { overheadOf } from "./coordination-overhead.ts";
import { minutesOf, readExecutionPlan, type ExecutionPlan } from "./execution-plan.ts";
import { participantLists, participantsIn } from "./participants.ts";
import { readCapacity } from "./resource-analysis.ts";

/** A value that follows from others, put right. */
export interface Correction {
  readonly place: FilePlace;
  /** As JSON. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export interface Corrected {
  /** Every other character is as it was. */
  readonly text: string;
  readonly corrections: readonly Correction[];
}

/**
 * An execution plan with what can be computed put right: counts, sums, savings by S3's formula, the ends of waves, names of teams, capacities.
 * What is a choice stays: durations of phases, dependencies, thresholds. Undefined where a text holds no execution plan.
 */
export function correctExecutionPlan(text: string, file: string): Corrected | undefined {
  const plan = readExecutionPlan(text, file);
  if (!plan) return undefined;
  const edits = [
    ...counts(plan),
    ...durations(plan),
    ...dates(plan),
    ...participants(plan),
    ...capacities(plan),
  ];
  const changed = edits
    .flatMap((edit) => spliceOf(text, edit))
    .toSorted((a, b) => a.start - b.start);
  let [out, at] = ["", 0];
  for (const { start, end, to } of changed) {
    out += text.slice(at, start) + to;
    at = end;
  }
  return {
    text: out + text.slice(at),
    corrections: changed.map(({ edit, from, to }) => ({
      place: placeOf(edit.value),
      from,
      to,
      why: edit.why,
    })),
  };
}

interface Edit {
  readonly value: Value;
  readonly to: string | number | readonly string[];
  readonly why: string;
}

interface Splice {
  readonly edit: Edit;
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

const SCALAR = /"(?:[^"\\]|\\.){0,10000}"|-?\d[\d.eE+-]{0,40}/y;

/** Where a value is written, if that is other than what it should be. A list of names stands for one name in a list. */
function spliceOf(text: string, edit: Edit): readonly Splice[] {
  SCALAR.lastIndex = edit.value.node.at;
  const from = SCALAR.exec(text)?.[0];
  const { to } = edit;
  const written = Array.isArray(to)
    ? to.map((one) => JSON.stringify(one)).join(", ")
    : JSON.stringify(to);
  if (from === undefined || written === "" || from === written) return [];
  const start = edit.value.node.at;
  return [{ edit, start, end: start + from.length, from, to: written }];
}

const edit = (value: Value | undefined, to: Edit["to"], why: string): readonly Edit[] =>
  value ? [{ value, to, why }] : [];

function counts({ root, plan, waves }: ExecutionPlan): readonly Edit[] {
  const ids = new Set(waves.flatMap(({ phases }) => phases.map(({ id }) => id)));
  const dependents = (wave: (typeof waves)[number]): number => {
    const own = new Set(wave.phases.map(({ id }) => id));
    return waves
      .flatMap(({ phases }) => phases)
      .filter(({ dependencies }) => dependencies.some((id) => own.has(id))).length;
  };
  return [
    ...edit(field(plan, "total_waves"), waves.length, "waves that are listed"),
    ...edit(find(root, "total_phases"), ids.size, "phases that are listed"),
    ...waves.flatMap((wave) => [
      ...items(field(wave.value, "blocking_factors")).flatMap((value) => {
        const words = wordOf(value) ?? "";
        const right = words.replace(
          /(\bblocks\s{1,4})\d{1,6}(?=\s{1,4}(?:dependent )?phases?\b)/i,
          `$1${dependents(wave)}`,
        );
        return right === words ? [] : edit(value, right, "phases that wait for those of the wave");
      }),
      ...(wave.limit !== undefined && wave.limit !== wave.phases.length
        ? edit(
            field(wave.value, "max_concurrent_sessions"),
            wave.phases.length,
            "phases of the wave",
          )
        : []),
    ]),
  ];
}

/** A wave takes as long as its longest phase, the whole as long as its waves, one after the other as long as all phases. */
function durations(execution: ExecutionPlan): readonly Edit[] {
  const { root, plan, waves } = execution;
  const lengths = waves.map(lengthOf);
  const phases = waves.flatMap((wave) => wave.phases.map(({ minutes }) => minutes));
  const sequential = sum(phases);
  const parallel = sum(lengths);
  const edits: Edit[] = waves.flatMap(({ value }, at) => {
    const duration = field(value, "duration");
    const right = lengths[at];
    return right === undefined || minutesOf(duration) === right
      ? []
      : edit(duration, durationText(right), "the longest phase of the wave");
  });
  if (sequential === undefined || parallel === undefined || sequential === 0) return edits;
  const saved = `${Math.round(((sequential - parallel) / sequential) * 100)}%`;
  const overhead = overheadOf(execution);
  return [
    ...edits,
    ...timeEdit(
      find(root, "total_estimated_duration"),
      sequential,
      "all phases one after the other",
    ),
    ...timeEdit(
      find(root, "parallel_estimated_duration"),
      parallel,
      "all waves one after the other",
    ),
    ...edit(find(root, "time_savings_percentage"), saved, "(sequential - parallel) / sequential"),
    ...edit(field(plan, "parallel_efficiency"), saved, "(sequential - parallel) / sequential"),
    ...(overhead?.stated && Math.abs(overhead.percent - overhead.stated.percent) > 1
      ? edit(
          overhead.stated.value,
          `${Math.round(overhead.percent)}%`,
          "coordination time / time of all waves",
        )
      : []),
  ];
}

const lengthOf = ({ phases, minutes }: ExecutionPlan["waves"][number]): number | undefined => {
  const known = phases.flatMap((phase) => phase.minutes ?? []);
  return known.length === phases.length && known.length > 0 ? Math.max(...known) : minutes;
};

const sum = (parts: readonly (number | undefined)[]): number | undefined =>
  parts.reduce<number | undefined>(
    (all, part) => (all === undefined || part === undefined ? undefined : all + part),
    0,
  );

const timeEdit = (value: Value | undefined, minutes: number, why: string): readonly Edit[] =>
  minutesOf(value) === minutes ? [] : edit(value, durationText(minutes), why);

/** `7 weeks`, `3 days`, `90 minutes`: in the largest unit that it is a whole number of. */
function durationText(minutes: number): string {
  const [unit, size] = (
    [
      ["week", WORK_TIME.week],
      ["day", WORK_TIME.day],
      ["hour", WORK_TIME.hour],
    ] as const
  ).find(([, each]) => minutes % each === 0) ?? ["minute", 1];
  const count = minutes / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The last working day of each wave, by its start and length, and the start of the next one after it. */
function dates({ waves }: ExecutionPlan): readonly Edit[] {
  let next: number | undefined;
  return waves.flatMap((wave) => {
    const length = lengthOf(wave);
    const start =
      wave.start === undefined ? undefined : workday(Math.max(wave.start, next ?? wave.start));
    if (start === undefined || length === undefined) return [];
    let end = start;
    for (let left = Math.ceil(length / WORK_TIME.day) - 1; left > 0; left--) end = workday(end + 1);
    next = end + 1;
    return [
      ...edit(field(wave.value, "start_date"), dayText(start), "the day after the wave before"),
      ...edit(
        field(wave.value, "end_date"),
        dayText(end),
        "the last working day by start and duration",
      ),
    ];
  });
}

/** This day, or the Monday after it. */
const workday = (day: number): number => {
  const weekday = (((day + 3) % 7) + 7) % 7;
  return weekday < 5 ? day : day + 7 - weekday;
};

const dayText = (day: number): string => writeLocalTime(day * 1_440).slice(0, 10);

/** Names that are no team's, where it can be told which teams are meant. */
const participants = (plan: ExecutionPlan): readonly Edit[] =>
  participantLists(plan).flatMap((list) =>
    participantsIn(plan, list)
      .filter(({ kind, near }) => kind === "unknown" && near.length > 0)
      .map(({ value, near }) => ({ value, to: near, why: "teams of the plan that are called so" })),
  );

/** The lower of availability and capacity counts; the other one is made to say the same. */
function capacities({ root }: ExecutionPlan): readonly Edit[] {
  return items(field(field(root, "resource_analysis"), "available_teams")).flatMap((team) => {
    const [said, capacity] = [field(team, "availability"), field(team, "capacity")];
    const share = readShare(wordOf(said)) ?? numberOf(said);
    const hours = readCapacity(wordOf(capacity) ?? "");
    if (share === undefined || hours === undefined || Math.abs(share - hours) < 0.011) return [];
    const words = (wordOf(capacity) ?? "").replace(
      /^\s{0,4}\d{1,3}(?:\.\d{1,2})?/,
      String(Math.round(share * 40)),
    );
    return hours < share
      ? edit(said, `${Math.round(hours * 100)}%`, "hours a week of 40")
      : edit(capacity, words, "availability of 40 hours a week");
  });
}
