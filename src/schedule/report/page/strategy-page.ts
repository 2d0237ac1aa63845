import { htmlPage } from "../../../core/html/html-page.ts";
import { oneLine } from "../../../core/text.ts";
import { percentText } from "../amounts.ts";
import { drawingsOf } from "../drawing/write-drawings.ts";
import { factsOf, type Facts } from "../facts.ts";
import { summaryStatements } from "../markdown/summary-section.ts";
import type { Writing } from "../writing.ts";
import { listHtml, partHtml, text } from "./html-blocks.ts";
import { PAGE_SCRIPT, PAGE_SCRIPT_DIGEST } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { factParts, pictureParts } from "./page-parts.ts";

/** By which a page of ours is known before it is written again. */
export const PAGE_MARK = `<meta name="generator" content="wavegate strategy">`;

/** The strategy as one HTML page that needs nothing else: pictures, and tables with the same facts. The same input gives the same page. */
export function strategyPage(writing: Writing): string {
  const facts = factsOf(writing);
  const { name } = writing.strategy.project;
  const title = `Execution strategy: ${oneLine(name, 120)}`;
  const parts = [...pictureParts(facts, drawingsOf(facts)), ...factParts(facts)];
  const links = parts.map((part) => `<li><a href="#${part.id}">${text(part.title)}</a></li>`);
  return htmlPage({
    title,
    mark: PAGE_MARK,
    style: PAGE_STYLE,
    script: { text: PAGE_SCRIPT, digest: PAGE_SCRIPT_DIGEST },
    body: `<a class="skip" href="#main">To the content</a>
<header><h1>${text(title)}</h1>
<p class="note">${text(`Plan ${writing.id}, made ${writing.planned} from ${writing.source}.`)}</p>
<nav aria-label="Contents"><ul>
${links.join("\n")}
</ul></nav></header>
<main id="main">
${tilesHtml(facts)}
${alertsHtml(facts)}
${partHtml({ id: "summary", title: "Summary", body: listHtml(summaryStatements(facts)) })}
${parts.map(partHtml).join("\n")}
</main>`,
  });
}

function tilesHtml({ strategy, day, date, duration }: Facts): string {
  const { schedule, forecast, efficiency, risks, milestones } = strategy;
  const end = milestones.find(({ kind }) => kind === "end");
  const late = (end?.margin ?? 0) < 0;
  const gap = schedule.bound > 0 ? schedule.makespan / schedule.bound - 1 : 0;
  const proved = schedule.effort.proved || schedule.makespan <= schedule.bound;
  const tiles: readonly (readonly [string, string, boolean?])[] = [
    ["Ends as planned", date(schedule.end)],
    ["Ends in 80% of the runs by", date(forecast.p80.instant)],
    ["Takes", duration(schedule.makespan)],
    ["Longer than the best", proved ? "no, proved" : `at most ${percentText(gap)}`],
    ["Saved by working in parallel", percentText(efficiency.percent / 100)],
    ["High risks", `${risks.coverage.high}`, risks.coverage.mitigated < risks.coverage.high],
    ...(end?.deadline
      ? [[late ? "Deadline, missed" : "Deadline", day(end.deadline.instant - 1), late] as const]
      : []),
  ];
  return `<dl class="tiles">${tiles.map(([name, value, bad]) => `<div${bad ? ` class="critical"` : ""}><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join("")}</dl>`;
}

function alertsHtml({ strategy }: Facts): string {
  const { alerts } = strategy.monitoring;
  if (alerts.length === 0) return "";
  const items = alerts.map(
    ({ level, message, hint }) =>
      `<li class="alert ${level}"><span class="level">${level}</span>: ${text(message)} ${text(hint)}</li>`,
  );
  return `<section aria-labelledby="h-alerts"><h2 id="h-alerts">Not in order now</h2><ul>${items.join("")}</ul></section>`;
}
