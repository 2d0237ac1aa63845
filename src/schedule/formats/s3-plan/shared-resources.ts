import { field, items, lineOf, placeOf, wordOf, type Value } from "../../../core/json-values.ts";
import type { SharedResource } from "../../project/project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import type { NamedResource } from "../team-file/team-file.ts";

/** What S3's `infrastructure_capacity` counts, and which activities take one of it. Where the words are none, that is our choice. */
const INFRASTRUCTURE: readonly {
  readonly name: string;
  readonly kind: SharedResource["kind"];
  /** `*`: every activity, for each is a session with an environment of its own (S3 `session_management`). */
  readonly usedBy: readonly string[];
}[] = [
  { name: "development_environments", kind: "environment", usedBy: ["*"] },
  { name: "testing_environments", kind: "environment", usedBy: ["test", "testing", "qa", "e2e"] },
  { name: "ci_cd_capacity", kind: "build", usedBy: ["*"] },
  { name: "monitoring_capacity", kind: "other", usedBy: ["*"] },
];

/** Kinds of S3's `resource_constraints` and the words by which it is known what they constrain. */
const CONSTRAINTS: readonly (readonly [RegExp, SharedResource["kind"], readonly string[]])[] = [
  [/database|schema/i, "database", ["database", "migration", "migrations", "schema", "sql"]],
  [/environment|staging/i, "environment", ["environment", "staging", "deploy", "deployment"]],
  [/\bci\b|build|pipeline|runner/i, "build", ["ci", "build", "pipeline"]],
  [/provider|api[_ -]?limit|rate/i, "provider", ["*"]],
];

const MOST_UNITS = 1_000_000;

/** Infrastructure with its capacity, and each constraint as a resource that one activity has at a time. */
export function sharedResources(analysis: Value): {
  readonly resources: readonly NamedResource[];
  readonly problems: readonly ScheduleDiagnostic[];
} {
  const problems: ScheduleDiagnostic[] = [];
  const resources: NamedResource[] = [];
  for (const { name = "", ...value } of items(field(analysis, "infrastructure_capacity"))) {
    const capacity = Number(/^\s{0,4}(\d{1,9})\b/.exec(wordOf(value) ?? "")?.[1] ?? Number.NaN);
    const known = INFRASTRUCTURE.find((one) => one.name === name.toLowerCase());
    if (!(capacity >= 0 && capacity <= MOST_UNITS))
      problems.push({
        ...report(
          "SCHEDULE_FIELD_INVALID",
          placeOf(value),
          `${quoted(name)} is ${quoted(wordOf(value) ?? "")}, which begins with no number`,
        ),
        severity: "warning",
        hint: "Write how many there are, like 5 or 20 concurrent builds.",
      });
    else
      resources.push({
        resource: {
          id: name,
          title: name.replaceAll("_", " "),
          kind: known?.kind ?? "other",
          capacity,
          place: placeOf(value),
        },
        usedBy: known?.usedBy ?? [name.replaceAll("_", " ")],
      });
  }
  for (const value of items(field(analysis, "resource_constraints"))) {
    const id = lineOf(field(value, "constraint_type", "type", "name")) ?? lineOf(value);
    if (id === undefined || resources.some(({ resource }) => resource.id === id)) continue;
    const [, kind = "other", words] = CONSTRAINTS.find(([pattern]) => pattern.test(id)) ?? [];
    resources.push({
      resource: {
        id,
        title: lineOf(field(value, "description")) ?? id.replaceAll("_", " "),
        kind,
        capacity: 1,
        place: placeOf(value),
      },
      usedBy: words ?? [id.replaceAll("_", " ")],
    });
  }
  return { resources, problems };
}
