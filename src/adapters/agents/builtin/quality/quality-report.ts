import { wordLine } from "../../../../core/text.ts";
import { trackedTasks } from "../../../../repository/tracked-tasks.ts";
import type { Evidence, TaskFact } from "../../../../repository/model.ts";
import { blocks, bullets, table } from "../synthesis/markdown.ts";
import { acceptedLine } from "./accepted.ts";
import { notLookedAt } from "./facts.ts";
import type { Issue } from "./issues.ts";
import { counted } from "./make-finding.ts";
import type { ReportModel } from "./report-model.ts";
import { emptyTasks, stateOf } from "./state-of.ts";
import { cellText, prose } from "./report-text.ts";

const WORDS = {
  proceed: "Proceed",
  "fix-first": "Fix first",
  abort: "Abort",
} as const;

/** `quality_report.md` with the sections of its contract (QR-01). Every text of somebody else's is inert in it. */
export function qualityReport(model: ReportModel): string {
  const { facts, issues } = model;
  const open = issues.filter(({ accepted }) => accepted === null);
  const accepted = issues.filter((one) => one.accepted !== null);
  return `${blocks(
    `# Quality report: ${prose(facts.spec.title) || "the feature"}`,
    recommendation(model, open),
    blocks("## Issues", open.length === 0 ? "No issue is open." : blocks(...open.map(issueBlock))),
    accepted.length > 0 && blocks("### Accepted", bullets(accepted.map(acceptedLine))),
    blocks("## Action items", numberedList(model.actions)),
    coverage(model),
    blocks("## Security", security(model)),
    blocks("## Consistency", consistency(model)),
    blocks("## What was not looked at", bullets(unknown(model))),
    requested(model),
  )}\n`;
}

function recommendation(model: ReportModel, open: readonly Issue[]): string {
  const { review, reviews } = model;
  const counts = (["critical", "high", "medium", "low"] as const)
    .map((severity) => [open.filter((one) => one.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`);
  return blocks(
    "## Recommendation",
    `**${WORDS[model.recommendation]}**: ${prose(model.reason)}.`,
    `Open issues: ${counts.join(", ") || "none"}. Quality score: ${review?.quality_score ?? 0} of 100.`,
    table(
      ["Review", "Score", "Findings"],
      reviews.map(({ name, score, findings, problem }) => [
        name,
        problem === null ? String(score ?? 0) : "missing",
        problem === null ? String(findings.length) : cellText(problem),
      ]),
    ),
  );
}

const issueBlock = (one: Issue): string =>
  blocks(
    `### ${one.id} (${one.severity}${one.certainty === "guess" ? ", a guess" : ""}): ${prose(one.title)}`,
    bullets([
      `**Place**: ${one.place === null ? "none: something is missing" : prose(one.place)}`,
      `**Evidence**: ${prose(one.evidence)}`,
      `**Impact**: ${prose(one.impact)}`,
      `**Resolution**: ${prose(one.resolution)}`,
      ...(one.requirements.length > 0
        ? [`**Concerns**: ${prose(one.requirements.slice(0, 30).join(", "))}`]
        : []),
    ]),
  );

const numberedList = (items: readonly string[]): string =>
  items.length > 0
    ? items.map((item, index) => `${index + 1}. ${prose(item)}`).join("\n")
    : "There is nothing to do.";

/** The matrix: every requirement and criterion of the specification, whatever carries it. */
function coverage({ facts }: ReportModel): string {
  const { traceability, coverage: figures, tasks } = facts.measured;
  const rows = traceability.rows;
  const empty = emptyTasks(facts.measured);
  const told = figures.map(({ path, percent, problem }) =>
    percent === null
      ? `${prose(path)}: ${prose(problem ?? "no figure")}`
      : `${prose(path)}: ${percent} % of lines, as it was found`,
  );
  return blocks(
    "## Coverage",
    rows.length === 0
      ? "The specification has no requirement or criterion with an id."
      : `${counted(rows.length, "requirement or criterion", "requirements and criteria")}, ${toldTasks(tasks)}. What is in italics is a guess by likeness of words or by an id that may be another feature's.`,
    rows.length > 0 &&
      table(
        ["Id", "What", "Tasks", "State", "Files", "Tests"],
        rows.map((row) => [
          row.id,
          cellText(wordLine(row.text, 90)),
          list(row.tasks.map(({ task, basis }) => [task, basis === "guess"])),
          stateOf(row, empty),
          evidence(row.files),
          evidence(row.tests),
        ]),
      ),
    told.length > 0 && bullets(told),
  );
}

/** How many tasks say what is done, and how many only plan. */
function toldTasks(tasks: readonly TaskFact[]): string {
  const tracked = trackedTasks(tasks);
  const from = [...new Set(tracked.map(({ document }) => document))];
  const other = [...new Set(tasks.map(({ document }) => document))].filter(
    (name) => !from.includes(name),
  );
  const kept = `${counted(tracked.length, "task")}${from.length > 0 ? ` in ${from.join(" and ")}` : ""}`;
  return other.length === 0
    ? kept
    : `${kept}; the boxes of ${other.join(" and ")} are not kept, and say nothing`;
}

const MOST = 3;

const list = (items: readonly (readonly [string, boolean])[]): string => {
  const shown = items
    .slice(0, MOST)
    .map(([text, guess]) => (guess ? `*${cellText(text)}*` : cellText(text)));
  return (
    [...shown, ...(items.length > MOST ? [`and ${items.length - MOST} more`] : [])].join(", ") ||
    "—"
  );
};

const evidence = (found: readonly Evidence[]): string =>
  list(
    found.map(({ path, line, basis }) => [
      line === null ? path : `${path}:${line}`,
      basis === "guess",
    ]),
  );

function security({ scanned, facts }: ReportModel): string {
  if (scanned.length === 0) return "There is no security review.";
  const { secrets, keyFiles } = {
    ...facts.measured.secrets,
    secrets: facts.measured.secrets.found,
  };
  return blocks(
    table(
      ["What", "Looked at", "Note"],
      scanned.map(({ what, done, note }) => [cellText(what), done ? "yes" : "no", cellText(note)]),
    ),
    facts.measured.scanned !== null &&
      `${counted(secrets.length, "value")} with the shape of a secret, ${counted(keyFiles.length, "file")} that should not be in the tree.`,
  );
}

function consistency({ facts }: ReportModel): string {
  const { contradictions, constitution } = facts.measured;
  const said = contradictions.map(({ message }) => prose(`${message}.`));
  return blocks(
    said.length === 0
      ? "No contradiction between the documents was found by rule."
      : bullets(said.slice(0, 30)),
    constitution.length > 0 &&
      table(
        ["Rule of the constitution", "Verdict", "Why"],
        constitution
          .slice(0, 60)
          .map(({ line, text, verdict, reason }) => [
            cellText(`line ${line}: ${wordLine(text, 140)}`),
            verdict,
            cellText(reason),
          ]),
      ),
  );
}

function unknown({ facts, reviews }: ReportModel): readonly string[] {
  const all = [
    ...reviews
      .filter(({ problem }) => problem !== null)
      .map(({ name, problem }) => `The ${name} review: ${problem}.`),
    ...notLookedAt(facts),
    ...reviews.flatMap(({ unknowns }) => unknowns),
    facts.measured.audit.done ? "" : `Known holes of dependencies: ${facts.measured.audit.note}.`,
  ];
  return [...new Set(all.filter((one) => one.trim() !== ""))].map(prose);
}

const requested = ({ requests }: ReportModel): string | false =>
  requests.length > 0 &&
  blocks(
    "## Requested changes",
    bullets(requests.map(({ text, result }) => `${prose(text)} — ${result}`)),
  );
