import { htmlPage } from "../../../core/html/html-page.ts";
import { formatDuration } from "../../../core/duration.ts";
import { asksOf } from "../../../history/execution/asks.ts";
import { compareWithPlan } from "../../../history/execution/compare-with-plan.ts";
import { executionFigures } from "../../../history/execution/execution-figures.ts";
import type { ExecutionHistory } from "../../../history/execution/execution-history.ts";
import {
  partHtml,
  pictureHtml,
  tableHtml,
  text,
  type Part,
} from "../../../schedule/report/page/html-blocks.ts";
import { PAGE_SCRIPT, PAGE_SCRIPT_DIGEST } from "../../../schedule/report/page/page-script.ts";
import { budgetText } from "../../budget-lines.ts";
import { answerCommand } from "../ask-lines.ts";
import type { PageFacts } from "./page-parts.ts";
import { RUN_PAGE_STYLE } from "./page-style.ts";
import { planGantt, plannedScaleOf } from "./plan-gantt.ts";
import {
  attemptsTable,
  chainTable,
  landingsTable,
  sharesTable,
  tasksTable,
  wordsTable,
} from "./run-tables.ts";
import { workerGantt } from "./worker-gantt.ts";

const MINUTE = 60_000;

/** By which a page of ours is known. */
const PAGE_MARK = `<meta name="generator" content="wavegate run">`;

/**
 * A run that carries out plans as one HTML page that needs nothing else: planned against actual, what workers did, and tables with the
 * same facts. The same events give the same page: a run that goes on is shown until its last event.
 */
export function executionPage(history: ExecutionHistory): string {
  const facts = factsOf(history);
  const title = `Run ${history.runId}: planned against actual`;
  const parts: readonly Part[] = [
    picture("Planned against actual", planGantt(facts), [tasksTable(facts)]),
    picture("What workers did", workerGantt(facts), [landingsTable(facts)]),
    {
      id: "chain",
      title: "Why it took so long",
      body: [sharesTable(facts), chainTable(facts)].map((table) => tableHtml(table)).join("\n"),
    },
    {
      id: "attempts",
      title: "What went wrong, and who was asked",
      body: [attemptsTable(facts), wordsTable(facts)].map((table) => tableHtml(table)).join("\n"),
    },
  ];
  const links = parts.map((part) => `<li><a href="#${part.id}">${text(part.title)}</a></li>`);
  return htmlPage({
    title,
    mark: PAGE_MARK,
    style: RUN_PAGE_STYLE,
    script: { text: PAGE_SCRIPT, digest: PAGE_SCRIPT_DIGEST },
    body: `<a class="skip" href="#main">To the content</a>
<header><h1>${text(title)}</h1>
<p class="note">${text(about(facts))}</p>
<nav aria-label="Contents"><ul>
${links.join("\n")}
</ul></nav></header>
<main id="main">
${tilesHtml(facts)}
${asksHtml(facts)}
${parts.map(partHtml).join("\n")}
</main>`,
  });
}

function factsOf(history: ExecutionHistory): PageFacts {
  const until = history.endedAt ?? history.seenAt;
  const figures = executionFigures(history, until);
  const comparison = compareWithPlan(history, until);
  const plannedScale = plannedScaleOf(comparison.plannedMinutes, figures.makespanMs);
  return { history, figures, comparison, until, plannedScale };
}

const picture = (
  title: string,
  drawing: Parameters<typeof pictureHtml>[0],
  tables: Parameters<typeof pictureHtml>[1],
): Part => ({ id: drawing.id, title, body: pictureHtml(drawing, tables) });

function about({ history, until }: PageFacts): string {
  const { plans, pattern, failures, base, branch, startedAt, end, budget } = history;
  const files = plans.map(({ file }) => file).join(", ");
  const from = new Date(startedAt).toISOString().replace(/\.\d+Z$/, "Z");
  const to = new Date(until).toISOString().replace(/\.\d+Z$/, "Z");
  const ended = end ? `${end.status}: ${end.message}` : `goes on; shown until ${to}.`;
  return `${files}; pattern ${pattern}, failures ${failures}; from commit ${base.slice(0, 12)} on ${branch}; begun ${from}; ${budget ? `used ${budgetText(budget)}; ` : ""}${ended}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function tilesHtml({ history, figures, comparison }: PageFacts): string {
  const { counts, workers } = figures;
  const tiles: readonly (readonly [string, string, boolean?])[] = [
    ["Done", `${counts.done} of ${history.tasks.size}`],
    ["Took", formatDuration(figures.makespanMs)],
    [`Planned, ${workers} workers`, formatDuration(comparison.plannedMinutes * MINUTE)],
    ["Workers busy", percent(figures.utilisation)],
    ["Overhead", percent(figures.overhead)],
    ["Times one by one", figures.speedUp.toFixed(1)],
    ["Attempts", `${figures.attempts}`],
    ...(figures.lostMs > 0 ? [["Lost in attempts", formatDuration(figures.lostMs)] as const] : []),
    ...(figures.waitedMs > 0
      ? [["Stood still for a person", formatDuration(figures.waitedMs)] as const]
      : []),
    ...(counts.failed > 0 ? [["Failed", `${counts.failed}`, true] as const] : []),
  ];
  return `<dl class="tiles">${tiles.map(([name, value, bad]) => `<div${bad ? ` class="critical"` : ""}><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join("")}</dl>`;
}

function asksHtml({ history }: PageFacts): string {
  const asks = history.end ? [] : asksOf(history);
  if (asks.length === 0) return "";
  const items = asks.map(({ task, title, message, answers }) => {
    const commands = answers.map(
      ({ answer, words }) =>
        `<li><code>${text(answerCommand(history.runId, task, answer))}</code> ${text(words)}</li>`,
    );
    return `<h3>${text(`${task} ${title}`)}</h3><p>${text(message)}</p><ul>${commands.join("")}</ul>`;
  });
  return `<section aria-labelledby="h-asks"><h2 id="h-asks">Waits for a person</h2>${items.join("\n")}</section>`;
}
