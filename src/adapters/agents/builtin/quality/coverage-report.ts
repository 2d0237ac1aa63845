import type { CoverageFile, Evidence, TraceRow } from "../../../../repository/model.ts";
import { COVERAGE_STYLE } from "./coverage-style.ts";
import { counted } from "./make-finding.ts";
import { emptyTasks, stateOf } from "./state-of.ts";
import type { ReportModel } from "./report-model.ts";
import { html } from "./report-text.ts";

/** `coverage_report.html`: the matrix and the coverage figures as one page without scripts or anything from outside. */
export function coverageReport({ facts }: ReportModel): string {
  const { traceability, coverage } = facts.measured;
  const { rows } = traceability;
  const title = `Coverage: ${html(facts.spec.title) || "the feature"}`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>`,
    `<style>${COVERAGE_STYLE}</style></head>`,
    `<body><main><h1>${title}</h1>`,
    '<p class="soft">Which tasks, files and tests carry each requirement, and what the tests cover. What is grey and in italics is a guess: by likeness of words, or by an id that may be another feature’s.</p>',
    tiles(rows, coverage),
    "<h2>Requirements and criteria</h2>",
    rows.length > 0
      ? matrix(rows, emptyTasks(facts.measured))
      : "<p>The specification has no requirement or criterion with an id.</p>",
    "<h2>Coverage by tests</h2>",
    ...(coverage.length > 0
      ? coverage.map(figures)
      : [
          "<p>No lcov, cobertura or summary file was found. Let the tests write one, then review again.</p>",
        ]),
    "</main></body></html>",
    "",
  ].join("\n");
}

const isSeen = ({ basis }: Evidence): boolean => basis !== "guess";

function tiles(rows: readonly TraceRow[], coverage: readonly CoverageFile[]): string {
  const measured = coverage.find(({ percent }) => percent !== null);
  const share = (label: string, holds: (row: TraceRow) => boolean): string => {
    const count = rows.filter(holds).length;
    return tile(label, `${count} of ${rows.length}`, rows.length === 0 ? 0 : count / rows.length);
  };
  return `<ul class="tiles">${[
    share("done by their tasks", ({ done }) => done === true),
    share("named in source or by its tasks", ({ files }) => files.some(isSeen)),
    share("with a test", ({ tests }) => tests.some(isSeen)),
    typeof measured?.percent === "number"
      ? tile("of lines covered", `${measured.percent} %`, measured.percent / 100)
      : tile("of lines covered", "not known", 0),
  ].join("")}</ul>`;
}

const percentOf = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100);

const bar = (share: number): string =>
  `<span class="bar" aria-hidden="true"><i style="width:${percentOf(share)}%"></i></span>`;

const tile = (label: string, figure: string, share: number): string =>
  `<li><b>${figure}</b><span class="soft">${label}</span>${bar(share)}</li>`;

const heads = (names: readonly string[]): string =>
  names.map((name) => `<th scope="col">${name}</th>`).join("");

const matrix = (rows: readonly TraceRow[], empty: ReadonlySet<string>): string =>
  [
    '<div class="scroll" tabindex="0" role="region" aria-label="Requirements and criteria">',
    `<table><caption>${counted(rows.length, "requirement or criterion", "requirements and criteria")} of the specification, in its order</caption>`,
    `<thead><tr>${heads(["Id", "What", "State", "Tasks", "Files", "Tests"])}</tr></thead><tbody>`,
    ...rows.map((one) => row(one, empty)),
    "</tbody></table></div>",
  ].join("\n");

const CLASSES = {
  done: "done",
  "ticked, files missing": "open",
  "open, named in code": "named",
  "named in code": "named",
  open: "open",
  "not known": "unknown",
} as const;

const row = (one: TraceRow, empty: ReadonlySet<string>): string => {
  const state = stateOf(one, empty);
  return `<tr><th scope="row">${html(one.id)}</th><td class="what">${html(one.text)}</td><td><span class="state ${CLASSES[state]}">${state}</span></td><td class="tasks">${list(
    one.tasks.map(({ task, basis }) => marked(task, basis)),
  )}</td><td>${places(one.files)}</td><td>${places(one.tests)}</td></tr>`;
};

const list = (items: readonly string[]): string =>
  items.length === 0
    ? '<span class="soft">none</span>'
    : `<ul class="plain">${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;

const places = (found: readonly Evidence[]): string =>
  list(
    found.map(({ path, line, basis }) => marked(line === null ? path : `${path}:${line}`, basis)),
  );

const marked = (text: string, basis: string): string =>
  `<code${basis === "guess" ? ' class="guess"' : ""}>${html(text)}</code>`;

/** One coverage file: its total, and the files with most uncovered lines. */
function figures({
  path,
  percent,
  problem,
  linesCovered,
  linesTotal,
  worst,
}: CoverageFile): string {
  if (percent === null)
    return `<p><code>${html(path)}</code>: ${html(problem ?? "no figure")}.</p>`;
  const total = `<p><code>${html(path)}</code>: ${percent} % of lines (${linesCovered} of ${linesTotal}), as it was found; how old it is cannot be told.</p>`;
  if (worst.length === 0) return total;
  return [
    total,
    '<div class="scroll" tabindex="0" role="region" aria-label="Files with most uncovered lines">',
    `<table><caption>Files with most uncovered lines</caption><thead><tr>${heads(["File", "Covered", "Lines", "Share"])}</tr></thead><tbody>`,
    ...worst.map(
      (one) =>
        `<tr><th scope="row"><code>${html(one.path)}</code></th><td class="num">${one.covered}</td><td class="num">${one.total}</td><td class="num">${percentOf(one.covered / Math.max(1, one.total))} %${bar(one.covered / Math.max(1, one.total))}</td></tr>`,
    ),
    "</tbody></table></div>",
  ].join("\n");
}
