import type { AnalysisInput } from "../input.ts";
import type { Finding } from "../model.ts";
import { oneLine } from "../../core/text.ts";
import { escapeHtml } from "../../core/html/escape-html.ts";
import { htmlPage } from "../../core/html/html-page.ts";
import { findingHtml } from "./finding-html.ts";
import { graphHtml } from "./graph-html.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { patternBars } from "./pattern-bars.ts";

/** By which a page of ours is known before it is written again. */
export const PAGE_MARK = `<meta name="generator" content="wavegate analyze">`;

/** Plans whose graphs are drawn; the findings name all. */
const MOST_GRAPHS = 12;

/** An analysis as one HTML page that needs nothing else: graphs, bars, all findings. The same input gives the same page. */
export function analysisPage({ plans }: AnalysisInput, findings: readonly Finding[]): string {
  const names = plans.map(({ name }) => oneLine(name, 60));
  const title = `Analysis of ${names.length > 3 ? `${names.length} plans` : names.join(", ")}`;
  const drawn = plans.filter(({ plan }) => plan.tasks.length > 0).slice(0, MOST_GRAPHS);
  const body = `<a class="skip" href="#finding-1">To the findings</a>
<header><h1>${escapeHtml(title)}</h1>
<nav aria-label="Contents"><ul>
<li><a href="#graphs">Graphs</a></li><li><a href="#bars">Patterns</a></li>
${findings.map(({ number, title: name }) => `<li><a href="#finding-${number}">${number}. ${escapeHtml(name)}</a></li>`).join("\n")}
</ul></nav></header>
<main>
<section id="graphs" aria-labelledby="h-graphs"><h2 id="h-graphs">Graphs</h2>
<p class="note">A box can begin when all boxes that lead to it are done. Point at it, or go to it with the Tab key, for its text, its place and what it waits for.${drawn.length < plans.length ? ` ${drawn.length} of ${plans.length} plans are drawn.` : ""}</p>
${drawn.map((plan) => `<h3>${escapeHtml(oneLine(plan.name, 80))} <small>${escapeHtml(oneLine(plan.plan.title, 120))}</small></h3>\n${graphHtml(plan)}`).join("\n")}
</section>
<section id="bars" aria-labelledby="h-bars"><h2 id="h-bars">Patterns</h2>
${patternBars(findings)}
</section>
${findings.map(findingHtml).join("\n")}
</main>`;
  return htmlPage({ title, mark: PAGE_MARK, style: PAGE_STYLE, body });
}
