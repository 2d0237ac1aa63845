import { DEFAULT_MINUTES } from "../../plan/estimates.ts";
import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { DepsAnswer, ShownEdge, ShownNode } from "../../plan/answers/deps-answer.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, paint, symbolsOf, wrapText, type Style, type Tone } from "../style.ts";
import { textWidth } from "../text-width.ts";
import {
  headLines,
  keyColumns,
  keyText,
  labelled,
  prose,
  stateTone,
  taskText,
} from "./plan-words.ts";
import { workText } from "../../core/work-text.ts";

const WAVE = 6;
const MOST_NAMED = 5;
const MOST_EDGES = 200;
const MOST_CRITICAL = 30;

/** The graph as waves, the critical path, hubs and where edges come from. */
export function depsLines(answer: DepsAnswer, style: Style): string[] {
  const nodes = new Map(answer.nodes.map((node) => [node.key, node]));
  return [
    ...headLines(answer.plan, style),
    "",
    ...answer.cycles.flatMap(({ message }) => prose(oneLine(message, 1_000), style, "bad", 1)),
    ...(answer.cycles.length > 0 ? [""] : []),
    ...(answer.waves.length > 0 ? [paint(style, "quiet", "wave tasks")] : []),
    ...answer.waves.flatMap((keys, index) => waveLines(index + 1, keys, nodes, style)),
    "",
    ...criticalLines(answer, nodes, style),
    ...hubLines(answer, style),
    ...dependencyLines(answer, style),
    ...wideLine(answer, style),
    ...(answer.rule === "dag"
      ? prose("without the order of phases (--rule dag)", style, "quiet", 1)
      : []),
  ];
}

/** The guessed edges, one a line, with the words that they rest on. */
export function edgeLines(edges: readonly ShownEdge[], style: Style): string[] {
  const { arrow } = symbolsOf(style);
  const columns = keyColumns(edges.flatMap(({ dependency, dependent }) => [dependency, dependent]));
  return [
    ...edges
      .slice(0, MOST_EDGES)
      .map((edge) =>
        composeLine(style, [
          { text: ` ${keyText(edge.dependency)}`, columns: columns + 2 },
          { text: `${arrow} `, tone: "quiet" },
          { text: keyText(edge.dependent), columns: columns + 2 },
          { text: `${edge.origin}  `, tone: "accent" },
          { text: oneLine(formatPlace(edge.place), 200), tone: "quiet" },
          { text: edge.reason === null ? "" : `  ${oneLine(edge.reason, 200)}` },
        ]),
      ),
    ...(edges.length > MOST_EDGES ? [` and ${edges.length - MOST_EDGES} more`] : []),
  ];
}

/** One wave: its number, how many are in it, and which; wrapped under itself. */
function waveLines(
  wave: number,
  keys: readonly string[],
  nodes: ReadonlyMap<string, ShownNode>,
  style: Style,
): string[] {
  const { bar, gate } = symbolsOf(style);
  const room = Math.max(20, style.width - WAVE - 8);
  const rows: (readonly string[])[] = [];
  let row: string[] = [];
  let taken = 0;
  for (const key of keys) {
    const width = textWidth(keyText(key)) + 3;
    if (taken + width > room && row.length > 0) {
      rows.push(row);
      [row, taken] = [[], 0];
    }
    row.push(key);
    taken += width;
  }
  rows.push(row);
  return rows.map((some, index) => {
    const names = some.map((key) => {
      const node = nodes.get(key);
      const mark = node?.critical ? paint(style, "warn", gate) : " ";
      return mark + paint(style, nodeTone(node), keyText(key));
    });
    const head = composeLine(style, [
      { text: index === 0 ? String(wave) : "", columns: WAVE - 2, align: "right", tone: "strong" },
      { text: index === 0 ? `${keys.length}`.padStart(5) : "     ", tone: "quiet" },
    ]).padEnd(WAVE + 3);
    return `${head} ${paint(style, "quiet", bar)} ${names.join("  ")}`.trimEnd();
  });
}

const nodeTone = (node: ShownNode | undefined): Tone => stateTone(node?.state ?? "open");

function criticalLines(
  answer: DepsAnswer,
  nodes: ReadonlyMap<string, ShownNode>,
  style: Style,
): string[] {
  const { gate } = symbolsOf(style);
  const path = answer.criticalPath;
  if (path.length === 0) return [];
  const columns = keyColumns(path);
  return [
    ...prose(
      `critical path: ${workText(answer.criticalMinutes)} of ${workText(answer.totalMinutes)} of work${guessText(answer)}`,
      style,
      "strong",
      1,
    ),
    ...path.slice(0, MOST_CRITICAL).map((key) => {
      const node = nodes.get(key);
      return composeLine(style, [
        { text: ` ${gate} `, tone: "warn" },
        { text: keyText(key), columns: columns + 2, tone: "strong" },
        {
          text: `${node?.minutesFrom === "phase" ? "~" : ""}${workText(node?.minutes ?? 0)}`,
          columns: 11,
          align: "right",
          tone: "quiet",
        },
        { text: `  ${taskText(node?.text ?? "")}` },
      ]);
    }),
    ...(path.length > MOST_CRITICAL ? [`   and ${path.length - MOST_CRITICAL} more`] : []),
    "",
  ];
}

/** Whose minutes are not what the text of the tasks says. */
function guessText({ estimates }: DepsAnswer): string {
  const { text, complexity, phase } = estimates;
  if (phase > 0)
    return `; ${plural(phase, "task")} (~) ${phase === 1 ? "has a share of what its phase is" : "have shares of what their phases are"} said to take`;
  if (text > 0) return "";
  return complexity > 0
    ? "; by scores of complexity"
    : `; the plan says nothing of how long tasks take, so each counts ${DEFAULT_MINUTES.task} minutes, a check ${DEFAULT_MINUTES.check}`;
}

function hubLines({ nodes }: DepsAnswer, style: Style): string[] {
  const { arrow } = symbolsOf(style);
  const most = (of: "fanIn" | "fanOut") =>
    nodes
      .filter((node) => node[of] > 1)
      .toSorted((a, b) => b[of] - a[of])
      .slice(0, MOST_NAMED)
      .map((node) => `${keyText(node.key)} (${node[of]})`)
      .join(", ");
  const [out, into] = [most("fanOut"), most("fanIn")];
  return [
    ...(out === "" ? [] : [labelled(style, `fan-out ${arrow}`, out)]),
    ...(into === "" ? [] : [labelled(style, `fan-in  ${arrow}`, into)]),
  ];
}

function dependencyLines({ dependencies, edges }: DepsAnswer, style: Style): string[] {
  const { total, origins, phases } = dependencies;
  if (edges.length === 0) return [labelled(style, "depends", "none: everything can run at once")];
  const listed = (counts: typeof origins) =>
    counts.map(({ origin, count }) => `${count} ${origin}`).join(", ");
  const why =
    origins.length > 1
      ? `: ${listed(origins)}`
      : origins.map(({ origin }) => ` (${origin})`).join("");
  return [
    labelled(style, "depends", `${total === 1 ? "1 dependency" : `${total} dependencies`}${why}`),
    ...(phases.length === 0
      ? []
      : [labelled(style, "phases", `${listed(phases)}, by their order`)]),
  ];
}

function wideLine({ waves, width, nodes }: DepsAnswer, style: Style): string[] {
  const tasks = nodes.filter(({ kind }) => kind === "task").length;
  const text = `${plural(waves.length, "wave")}, the widest of ${width} of ${plural(tasks, "task")}`;
  return wrapText(text, style.width - 14).map((line, index) =>
    labelled(style, index === 0 ? "waves" : "", line),
  );
}
