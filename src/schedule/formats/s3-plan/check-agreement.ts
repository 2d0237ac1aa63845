import {
  field,
  find,
  items,
  lineOf,
  placeOf,
  wordOf,
  type Value,
} from "../../../core/json-values.ts";
import { formatPlace } from "../../../core/place.ts";
import { workText } from "../../../core/work-text.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { minutesOf, type ExecutionPlan } from "./execution-plan.ts";
import { contains, oftenIn, wordsOf } from "./words.ts";

/** Most entries of one list that are compared with each other. */
const MOST = 200;

/** What an execution plan says twice of one thing, and not the same: lengths of meetings and sync points, times of escalation, how often is reported. */
export const checkAgreement = (plan: ExecutionPlan): readonly ScheduleDiagnostic[] => [
  ...checkMeetings(plan),
  ...checkSyncPoints(plan),
  ...checkEscalation(plan),
  ...checkReports(plan),
  ...checkMeasures(plan),
];

/** Something that people come together for. */
interface Occasion {
  readonly name: string;
  readonly words: ReadonlySet<string>;
  readonly often: string | undefined;
  readonly minutes: number | undefined;
  /** Where its length is written. */
  readonly value: Value;
}

/** Words that say nothing of what a meeting is about. */
const COMMON = new Set(
  "all and of the for with a an to in team teams parallel meeting meetings session sessions cross weekly daily monthly".split(
    " ",
  ),
);

const occasionOf = (value: Value, ...names: readonly string[]): Occasion => {
  const name = lineOf(field(value, ...names)) ?? "";
  return {
    name,
    words: wordsOf(name, COMMON),
    often: oftenIn(wordOf(field(value, "frequency")) ?? ""),
    minutes: minutesOf(field(value, "duration")),
    value: field(value, "duration") ?? value,
  };
};

const protocols = ({ root }: ExecutionPlan): Value | undefined =>
  field(root, "coordination_protocols");

const meetingsOf = (plan: ExecutionPlan): readonly Occasion[] =>
  items(field(protocols(plan), "communication_schedule"))
    .slice(0, MOST)
    .map((value) => occasionOf(value, "communication_type", "type", "name"));

/** What a wave asks for, against the meetings of the whole: as often, about the same, and longer or shorter. */
function checkMeetings(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const meetings = meetingsOf(plan);
  const asked = plan.waves.flatMap(({ value }) =>
    items(field(value, "coordination_requirements"))
      .slice(0, MOST)
      .map((each) => occasionOf(each, "type", "name")),
  );
  return asked.flatMap((one) => {
    const other = meetings.find(
      ({ words, often }) => often === one.often && [...one.words].some((word) => words.has(word)),
    );
    return other ? differing("SCHEDULE_MEETING_DIFFERS", one, other) : [];
  });
}

/** Sync points of which one has all words of the other's name, and another length. */
function checkSyncPoints(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const all = [
    ...plan.waves.flatMap(({ value }) => items(field(value, "synchronization_points"))),
    ...items(field(protocols(plan), "synchronization_points")),
  ]
    .slice(0, MOST)
    .map((value) => occasionOf(value, "name", "sync_point_id"));
  return all.flatMap((one, at) =>
    all
      .slice(at + 1)
      .filter(
        ({ words }) =>
          Math.min(words.size, one.words.size) > 1 &&
          (contains(words, one.words) || contains(one.words, words)),
      )
      .flatMap((other) => differing("SCHEDULE_SYNC_TWICE", one, other)),
  );
}

function differing(
  code: "SCHEDULE_MEETING_DIFFERS" | "SCHEDULE_SYNC_TWICE",
  one: Occasion,
  other: Occasion,
): readonly ScheduleDiagnostic[] {
  if (one.minutes === undefined || other.minutes === undefined || one.minutes === other.minutes)
    return [];
  const [place, there] = [placeOf(one.value), placeOf(other.value)];
  return [
    report(
      code,
      place,
      `${quoted(one.name)} takes ${workText(one.minutes)}, but ${quoted(other.name)} at ${formatPlace(there)} takes ${workText(other.minutes)}`,
      [{ message: `${quoted(other.name)} takes ${workText(other.minutes)}`, place: there }],
    ),
  ];
}

/** Words of keys that say nothing of what goes up. */
const ESCALATED = new Set("timeout threshold criteria failure blocking escalation".split(" "));
const SPAN = /\b(\d{1,4} (?:minutes?|hours?|days?|weeks?))\b/;

/** Entries of a group that say after how long, with what they are about. */
const timesIn = (value: Value | undefined) =>
  items(value)
    .slice(0, MOST)
    .flatMap((item) => {
      const span = SPAN.exec((wordOf(item) ?? "").replaceAll("_", " ").toLowerCase())?.[1];
      const name = item.name ?? "";
      return span === undefined ? [] : [{ name, span, item, words: wordsOf(name, ESCALATED) }];
    });

/** After how long something goes up, in thresholds and in criteria: one subject, two times. */
function checkEscalation({ root }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const thresholds = timesIn(find(root, "escalation_thresholds"));
  return timesIn(find(root, "escalation_criteria")).flatMap((one) => {
    const other = thresholds.find(
      ({ words }) => words.size > 0 && (contains(one.words, words) || contains(words, one.words)),
    );
    if (!other || other.span === one.span) return [];
    const there = placeOf(other.item);
    return [
      report(
        "SCHEDULE_ESCALATION_DIFFERS",
        placeOf(one.item),
        `${quoted(one.name)} goes up after ${one.span}, but ${quoted(other.name)} at ${formatPlace(there)} after ${other.span}`,
        [{ message: `${quoted(other.name)}: ${other.span}`, place: there }],
      ),
    ];
  });
}

/** How often progress is reported, and what a control says of the same reports. */
function checkReports({ root }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const stated = find(root, "reporting_frequency");
  const often = oftenIn(wordOf(stated) ?? "");
  if (!stated || often === undefined) return [];
  return items(find(root, "control_mechanisms")).flatMap((control) => {
    const response = field(control, "response");
    const words = wordOf(response) ?? "";
    const told = oftenIn(words);
    if (!response || told === undefined || told === often) return [];
    if (!/\bprogress\b/i.test(words) || !/\breports?\b/i.test(words)) return [];
    return [
      report(
        "SCHEDULE_FREQUENCY_DIFFERS",
        placeOf(response),
        `Progress is reported ${told} here (${quoted(words)}), but reporting_frequency at ${formatPlace(placeOf(stated))} says ${often}`,
      ),
    ];
  });
}

/** Words of measures that any meeting could be for. */
const ANY = new Set([...COMMON, ..."review reviews check checks call calls sync".split(" ")]);

/** `Weekly contract reviews` as a measure, and no weekly meeting or its agenda about contracts. */
function checkMeasures(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const list = items(field(protocols(plan), "communication_schedule")).slice(0, MOST);
  if (list.length === 0) return [];
  const meetings = list.map((value) => ({
    often: oftenIn(wordOf(field(value, "frequency")) ?? ""),
    words: wordsOf(
      [field(value, "communication_type", "type", "name"), ...items(field(value, "agenda"))]
        .flatMap((each) => lineOf(each) ?? [])
        .join(" "),
      ANY,
    ),
  }));
  const management = field(plan.root, "risk_management");
  const measures = [
    ...items(field(management, "risk_assessment")).flatMap((risk) =>
      items(field(risk, "prevention_measures")),
    ),
    ...items(field(management, "mitigation_strategies")).flatMap((strategy) =>
      items(field(strategy, "implementation")),
    ),
  ];
  return measures.slice(0, MOST).flatMap((value) => {
    const text = wordOf(value) ?? "";
    const often = /^(?:daily|weekly|monthly)\b/i.test(text) ? oftenIn(text) : undefined;
    const words = wordsOf(text, ANY);
    if (often === undefined || words.size === 0) return [];
    const held = meetings.some(
      (meeting) => meeting.often === often && [...words].some((word) => meeting.words.has(word)),
    );
    return held
      ? []
      : [
          report(
            "SCHEDULE_MEASURE_UNPLANNED",
            placeOf(value),
            `${quoted(text)} is promised, but no ${often} meeting of communication_schedule is about it`,
          ),
        ];
  });
}
