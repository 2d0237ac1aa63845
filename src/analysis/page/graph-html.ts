import { oneLine } from "../../core/text.ts";
import type { AnalysedPlan } from "../input.ts";
import { drawingOf, type DrawnBox, type DrawnLine } from "./drawing.ts";
import { escapeHtml } from "../../core/html/escape-html.ts";
import { LANE, layoutOf, type Spot } from "./layout.ts";

/** How long words of a plan get. */
const LABEL = 60;
const TIP = 400;

const LEGEND: readonly (readonly [DrawnLine["kind"], string])[] = [
  ["barrier", "phase waits for the one before"],
  ["explicit", "said by the text"],
  ["sequential", "[SEQUENTIAL] group"],
  ["verification", "verification"],
  ["order", "order of the document"],
  ["same-file", "same file"],
  ["story", "order of stories"],
  ["part", "part of a task"],
  ["inferred", "guessed"],
  ["conflict", "conflict: both write one thing"],
];

/** Pixels across a sheet of paper, and what a graph is made at least and at most of its size to fit there. */
const PAPER = 980;
const SMALLEST = 0.1;
const LARGEST = 0.6;

const fitOf = (width: number): string =>
  Math.max(SMALLEST, Math.min(LARGEST, PAPER / Math.max(1, width))).toFixed(3);

/** The graph of one plan: boxes are a list that can be walked by keyboard, lines are a picture behind it. */
export function graphHtml(plan: AnalysedPlan): string {
  const drawing = drawingOf(plan);
  const layout = layoutOf(drawing);
  const size = `width:${layout.width}px;height:${layout.height}px`;
  const titles = new Map(plan.plan.phases.map(({ key, title }) => [key, title]));
  const used = new Set(drawing.lines.map(({ kind }) => kind));
  const label = `Graph of ${plan.name} by ${drawing.of}`;
  return [
    `<ul class="legend" aria-label="What lines mean">`,
    ...LEGEND.filter(([kind]) => used.has(kind)).map(
      ([kind, words]) =>
        `<li><svg width="34" height="10" aria-hidden="true"><path class="l ${kind}" d="M0 5H34"/></svg> ${words}</li>`,
    ),
    `<li><span class="swatch" aria-hidden="true"></span> critical path</li></ul>`,
    `<div class="graph" tabindex="0" role="group" aria-label="${escapeHtml(label)}" style="--fit:${fitOf(layout.width)}"><div class="sheet" style="${size}">`,
    ...layout.phases.map(
      ({ x, width }) =>
        `<div class="band" style="left:${x - 8}px;width:${width + 16}px;height:${layout.height}px"></div>`,
    ),
    // After all bands, which may overlap where phases run side by side.
    ...layout.phases.map(({ phase, x, width, lane }) => {
      const title = titles.get(phase) ?? "";
      const name = `Phase ${oneLine(phase, 20)}: ${oneLine(title, LABEL)}`;
      return `<span class="name" style="left:${x - 8}px;max-width:${width + 16}px;top:${lane * LANE}px" title="${escapeHtml(title)}">${escapeHtml(name)}</span>`;
    }),
    `<svg class="lines" style="${size}" aria-hidden="true">`,
    ...drawing.lines.flatMap((line) => lineHtml(line, layout.boxes)),
    `</svg><ul class="boxes">`,
    ...drawing.boxes.map((box, index) => boxHtml(box, layout.boxes[index])),
    `</ul></div></div>`,
  ].join("\n");
}

function lineHtml(
  { from, to, kind, critical }: DrawnLine,
  spots: readonly Spot[],
): readonly string[] {
  const [a, b] = [spots[from], spots[to]];
  if (!a || !b) return [];
  const same = a.x === b.x;
  const [x1, y1] = [a.x + a.width, a.y + a.height / 2];
  const [x2, y2] = [same ? b.x + b.width : b.x, b.y + b.height / 2];
  const bend = same ? 26 : Math.max(14, (x2 - x1) / 2);
  const curve = `M${x1} ${y1}C${x1 + bend} ${y1} ${same ? x2 + bend : x2 - bend} ${y2} ${x2} ${y2}`;
  return [`<path class="l ${kind}${critical ? " critical" : ""}" d="${curve}"/>`];
}

function boxHtml(box: DrawnBox, spot: Spot | undefined): string {
  if (!spot) return "";
  const at = `left:${spot.x}px;top:${spot.y}px`;
  if (box.kind === "junction") return `<li class="dot" style="${at}" aria-hidden="true"></li>`;
  const key = escapeHtml(oneLine(box.key, 40));
  const more = box.more.map((each) => `<br>${escapeHtml(oneLine(each, TIP))}`).join("");
  const critical = box.critical ? " critical" : "";
  return (
    `<li class="box ${box.kind}${critical}" tabindex="0" style="${at}"><b>${key}</b> <span class="label" aria-hidden="true">${escapeHtml(oneLine(box.text, LABEL))}</span>` +
    `<span class="tip"><span>${escapeHtml(oneLine(box.text, TIP))}</span>${more}${box.critical ? "<br>on the critical path" : ""}</span></li>`
  );
}
