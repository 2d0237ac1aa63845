import type { TraceRow, UnprovenTask } from "../../../../repository/model.ts";
import type { CompletenessAssessment } from "../../../../stage/contracts/quality.ts";
import { notLookedAt, type QualityFacts } from "./facts.ts";
import { trackedTasks } from "../../../../repository/tracked-tasks.ts";
import { countProof, isPlanned, linksTasks } from "./links.ts";
import { emptyTasks, stateOf } from "./state-of.ts";
import { counted, few, numbered, said, type Draft } from "./make-finding.ts";

type Answer = { readonly completeness_assessment: CompletenessAssessment };

/** A link that was seen, not guessed. */
const isSeen = ({ basis }: { readonly basis: string }): boolean => basis !== "guess";
const known = (row: TraceRow): boolean => [...row.files, ...row.tests].some(isSeen);

/** How completely the specification is built, by what can be shown (contract `completeness_assessment`). */
export function reviewCompleteness(facts: QualityFacts): Answer {
  const { measured } = facts;
  const { rows } = measured.traceability;
  const empty = emptyTasks(measured);
  const least = linksTasks(measured) ? 0 : byProgress(measured);
  const drafts = [
    ...nothingToBuild(facts),
    ...withoutTasks(facts),
    ...unprovenTasks(facts),
    ...openTasks(facts),
    ...withoutTests(facts),
    ...lowCoverage(facts),
  ];
  return {
    completeness_assessment: {
      score:
        rows.length === 0
          ? 0
          : Math.round(
              (100 * rows.reduce((sum, row) => sum + Math.max(worth(row, empty), least), 0)) /
                rows.length,
            ),
      requirements: rows.map((row) => ({
        id: row.id,
        tasks: row.tasks.filter(isSeen).map(({ task }) => task),
        done: row.done,
        files: row.files.filter(isSeen).map(({ path }) => path),
        tests: row.tests.filter(isSeen).map(({ path }) => path),
      })),
      findings: numbered("COMP", drafts),
      unknowns: [...unknowns(facts), ...notLookedAt(facts)],
    },
  };
}

/** How much of a requirement can be shown, 0 to 1; docs/quality-review.md has the steps with their reasons. */
function worth(row: TraceRow, empty: ReadonlySet<string>): number {
  if (stateOf(row, empty) === "ticked, files missing") return 0.3;
  if (row.done === true) return known(row) ? 1 : 0.7;
  if (known(row)) return 0.6;
  if (row.done === false) return 0.3;
  return row.tasks.length + row.files.length + row.tests.length > 0 ? 0.2 : 0;
}

/** Where tasks do not name requirements, each counts at least by how much of all tasks is done, at half its weight. */
const byProgress = (measured: QualityFacts["measured"]): number => {
  const all = trackedTasks(measured.tasks);
  const done = all.filter((task) => task.done).length - measured.unproven.length;
  return all.length === 0 ? 0 : (Math.max(0, done) / all.length) * 0.5;
};

function nothingToBuild({ spec, measured }: QualityFacts): readonly Draft[] {
  if (measured.traceability.rows.length > 0) return [];
  const told = spec.stories.length + spec.unnumbered.length;
  return [
    {
      severity: told > 0 ? "high" : "critical",
      title: "The specification states no requirement and no success criterion with an id",
      place: "spec.md",
      evidence: `Read from spec.md: no requirement or criterion with an id, ${counted(spec.unnumbered.length, "requirement")} without one, ${counted(spec.stories.length, "story", "stories")}.`,
      impact:
        told > 0
          ? "Tasks, code and tests cannot be held against what was asked for, one by one."
          : "There is nothing that a review could hold the work against.",
      resolution: "State the requirements with ids, then review again.",
    },
  ];
}

/** One finding for a project whose tasks name some requirements and leave most to be found by story. */
function fewLinks({ measured }: QualityFacts): readonly Draft[] {
  const rows = measured.traceability.rows.filter(({ kind }) => kind === "requirement");
  const left = rows.filter((row) => !isPlanned(row)).map(({ id }) => id);
  const first = measured.tasks[0];
  if (!first || left.length === 0 || left.length === rows.length) return [];
  return [
    {
      severity: "low",
      title: `Tasks name ${rows.length - left.length} of ${counted(rows.length, "requirement")}`,
      place: `${first.document}:${first.line}`,
      evidence: `Named by no task: ${few(left, 20)}. They may be meant by tasks that name a story.`,
      impact: "Whether these are planned cannot be told without reading every task.",
      resolution: "Name the requirements in the tasks that build them.",
      requirements: left,
    },
  ];
}

function withoutTasks(facts: QualityFacts): readonly Draft[] {
  const { tasks, traceability } = facts.measured;
  if (tasks.length === 0 || !linksTasks(facts.measured)) return fewLinks(facts);
  return traceability.rows
    .filter((row) => row.kind === "requirement" && !isPlanned(row))
    .map((row): Draft => {
      const meant = row.tasks.map(({ task }) => task);
      return {
        severity: meant.length > 0 || known(row) ? "medium" : "high",
        title: `No task carries ${row.id}`,
        place: `spec.md:${row.line}`,
        evidence: `${said(row.text)} is named by none of ${counted(tasks.length, "task")}${meant.length > 0 ? `; by their words, ${few(meant, 3)} may be meant (a guess)` : ""}.`,
        impact: "Nobody is set to build it, and nothing says when it is done.",
        resolution:
          meant.length > 0
            ? `Name ${row.id} in the task that builds it, or add one.`
            : `Add a task for ${row.id}, or say in the plan why it is left out.`,
        requirements: [row.id],
      };
    });
}

/** From this many on, and when they are most of those that name files, they are one finding: the work is elsewhere. */
const MANY = 6;

function unprovenTasks({ measured }: QualityFacts): readonly Draft[] {
  const { naming } = countProof(measured);
  const all = measured.unproven;
  const first = all[0];
  if (!first || all.length < MANY || all.length <= naming / 2) return all.map(unproven);
  return [
    {
      severity: "high",
      title: `${all.length} of ${naming} ticked tasks that name files name some that are not there`,
      place: `${first.document}:${first.line}`,
      evidence: few(
        all.map(({ task, missing }) => `${task}: ${few(missing, 2)}`),
        12,
      ),
      impact:
        "What counts as done is not in this repository, or the tasks name other paths than it has.",
      resolution: "Review where the work is, or untick the tasks and correct their paths.",
    },
  ];
}

const unproven = ({ task, document, line, text, missing, named }: UnprovenTask): Draft => ({
  severity: missing.length === named ? "high" : "medium",
  title:
    missing.length === named
      ? `${task} is ticked, and no file that it names is there`
      : `${task} is ticked, and ${missing.length} of ${named} files that it names are not there`,
  place: `${document}:${line}`,
  evidence: `${said(text)}; not in the repository: ${few(missing)}.`,
  impact: "What counts as done may not be there, or is elsewhere than the tasks say.",
  resolution: "Untick the task until the work is there, or correct the paths in it.",
});

/** Share of the requirements that code names, from which on boxes without a tick say nothing of the work. */
const MOSTLY_NAMED = 0.5;

function openTasks({ measured }: QualityFacts): readonly Draft[] {
  const all = trackedTasks(measured.tasks);
  const open = all.filter(({ done }) => !done);
  const [first] = open;
  if (!first) return [];
  const rows = measured.traceability.rows.filter(({ kind }) => kind === "requirement");
  const named = rows.filter(known).length;
  const untracked = open.length === all.length && named > 0 && named >= rows.length * MOSTLY_NAMED;
  return [
    {
      severity: open.length === all.length && !untracked ? "high" : "medium",
      title: untracked
        ? `None of ${counted(all.length, "task")} is ticked, though code or tests name ${named} of ${counted(rows.length, "requirement")}`
        : open.length === all.length
          ? `None of ${counted(all.length, "task")} is done`
          : `${open.length} of ${counted(all.length, "task")} ${open.length === 1 ? "is" : "are"} open`,
      place: `${first.document}:${first.line}`,
      evidence: `Not ticked: ${few(
        open.map(({ id }) => id),
        12,
      )}.`,
      impact: untracked
        ? "What is left cannot be told from the tasks; somebody may build again what is there."
        : "What they build is not there, or nobody has said that it is.",
      resolution: "Finish the open tasks, or tick those that are done.",
      requirements: [...new Set(open.flatMap(({ requirements }) => requirements))],
    },
  ];
}

function withoutTests({ measured }: QualityFacts): readonly Draft[] {
  const { rows, idsInUse } = measured.traceability;
  if (!idsInUse || !measured.scanned) return [];
  const bare = rows.filter((row) => row.done === true && !row.tests.some(isSeen));
  if (bare.length === 0) return [];
  const ids = bare.map(({ id }) => id);
  return [
    {
      severity: "medium",
      title: `${counted(bare.length, "finished requirement or criterion", "finished requirements or criteria")} that no test names`,
      place: bare[0] ? `spec.md:${bare[0].line}` : null,
      evidence: `All tasks are ticked, and no test names the id in a title or comment, nor does a task name a test of it: ${few(ids, 12)}.`,
      impact: "Whether they hold is not shown by any test that can be found.",
      resolution:
        "Add a test for each, with the id in its title; where one exists, name the id there.",
      requirements: ids,
    },
  ];
}

/** Percent of lines under which coverage is worth a finding. */
const LOW = 50;

const lowCoverage = ({ measured }: QualityFacts): readonly Draft[] =>
  measured.coverage.flatMap(({ path, percent, problem, worst }): readonly Draft[] => {
    if (problem !== null)
      return [
        {
          severity: "low",
          title: `The coverage file ${path} cannot be read`,
          place: path,
          evidence: `${path}: ${problem}.`,
          impact: "Coverage is not known.",
          resolution: "Let the tests write it again.",
        },
      ];
    if (percent === null || percent >= LOW) return [];
    return [
      {
        severity: "medium",
        title: `Tests cover ${percent} % of lines`,
        place: path,
        evidence: `${path} says ${percent} %, as it was found; least covered: ${few(
          worst.map((one) => `${one.path} (${one.covered} of ${one.total})`),
          3,
        )}.`,
        impact: "Most of what is built can break without a test that fails.",
        resolution: "Cover the files with most uncovered lines first.",
      },
    ];
  });

function unknowns(facts: QualityFacts): readonly string[] {
  const { tasks, traceability, coverage, scanned } = facts.measured;
  const { rows, idsInUse, sharedWith } = traceability;
  return [
    ...(tasks.length === 0
      ? [
          "No tasks were found in tasks.md, plan.md or implementation_plan.md: what is done is not known.",
        ]
      : []),
    ...(tasks.length > 0 && tasks.every(({ requirements }) => requirements.length === 0)
      ? ["No task names a requirement by its id: which task builds which requirement is not known."]
      : []),
    ...(scanned && rows.length > 0 && !idsInUse
      ? [
          "No source file or test names an id of the specification: files and tests are found by tasks and by likeness only, and that an id is not named says nothing.",
        ]
      : []),
    ...(sharedWith.length > 0
      ? [
          `${counted(sharedWith.length, "other specification")} ${sharedWith.length === 1 ? "uses" : "use"} some of the same ids: a mention counts only in files that are this feature's.`,
        ]
      : []),
    ...(coverage.length === 0
      ? ["Test coverage: no lcov, cobertura or summary file was found."]
      : []),
  ];
}
