import type { Evidence, TraceRow } from "../../../../repository/model.ts";
import type { ReportModel } from "./report-model.ts";
import { html } from "./report-text.ts";

/** `coverage_report.html`: the matrix and the coverage figures as one page without scripts or anything from outside. */
export function coverageReport({ facts }: ReportModel): string {
  const { traceability, coverage } = facts.measured;
  const title = `Coverage: ${html(facts.spec.title) || "the feature"}`;
  const figures = coverage.map(
    ({ path, percent, problem }) =>
      `<li>${html(path)}: ${percent === null ? html(problem ?? "no figure") : `${percent} % of lines`}</li>`,
  );
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${title}</title>`,
    "<style>body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; } table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top; } .guess { color: #777; font-style: italic; }</style>",
    "</head><body>",
    `<h1>${title}</h1>`,
    "<p>What is grey and in italics is a guess.</p>",
    "<table><thead><tr><th>Id</th><th>What</th><th>Tasks</th><th>Done</th><th>Files</th><th>Tests</th></tr></thead><tbody>",
    ...traceability.rows.map(row),
    "</tbody></table>",
    "<h2>Figures of the tests</h2>",
    figures.length > 0
      ? `<ul>${figures.join("")}</ul>`
      : "<p>No lcov, cobertura or summary file was found.</p>",
    "</body></html>",
    "",
  ].join("\n");
}

const row = ({ id, text, tasks, done, files, tests }: TraceRow): string =>
  `<tr>${[
    html(id),
    html(text),
    tasks.map(({ task, basis }) => marked(task, basis)).join("<br>"),
    done === null ? "not known" : done ? "yes" : "no",
    places(files),
    places(tests),
  ]
    .map((cell) => `<td>${cell}</td>`)
    .join("")}</tr>`;

const places = (found: readonly Evidence[]): string =>
  found
    .map(({ path, line, basis }) => marked(line === null ? path : `${path}:${line}`, basis))
    .join("<br>");

const marked = (text: string, basis: string): string =>
  basis === "guess" ? `<span class="guess">${html(text)}</span>` : html(text);
