import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { BoxState, Origin } from "../../plan/model.ts";
import type { WhyAnswer, WhyEdge } from "../../plan/answers/why-answer.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, paint, symbolsOf, type Style, type Tone } from "../style.ts";
import {
  damagedLines,
  doubtLines,
  headLines,
  keyColumns,
  keysText,
  keyText,
  pathLine,
  prose,
  stateSymbol,
  stateTone,
  taskText,
} from "./plan-words.ts";
import { upstreamLines } from "./upstream-lines.ts";

const MOST_EDGES = 12;
/** Steps of the way to what can be acted on that are shown: where it begins, and where it ends. */
const FIRST_STEPS = 4;
const LAST_STEPS = 3;

/** What an edge says, in words. */
const ORIGINS: Readonly<Record<Origin, string>> = {
  barrier: "its phase waits for this one",
  explicit: "the plan says so",
  sequential: "they run one at a time",
  "same-file": "they change one file",
  verification: "it is verified first",
  story: "the order of setup, foundation, stories",
  order: "it isn't marked parallel",
  part: "it is made of this",
  inferred: "a guess from the words; --no-inferred leaves it out",
};

const VERDICTS: Readonly<Record<WhyAnswer["verdict"], readonly [string, Tone]>> = {
  ready: ["It can begin now.", "good"],
  waits: ["It can't begin yet.", "warn"],
  running: ["It is in progress.", "accent"],
  done: ["It is done.", "good"],
  skipped: ["It was skipped.", "quiet"],
  failed: ["It failed; begin it again with wavegate plans reset.", "bad"],
  conflict: ["It could begin, but not beside what is in progress.", "warn"],
};

/** Why a task can begin or can't: the short chain first, then all that it waits for. */
export function whyLines(answer: WhyAnswer, style: Style): string[] {
  const { task, chain, edges, dependents, holdsUp, conflicts } = answer;
  const [verdict, tone] = VERDICTS[answer.verdict];
  const open = edges.filter(({ passed }) => !passed);
  return [
    ...headLines(answer.plan, style),
    ...upstreamLines(answer.needsFirst, style),
    ...damagedLines(answer.damaged, style),
    "",
    composeLine(style, [
      { text: ` ${stateSymbol(task.state, style)} `, tone: stateTone(task.state) },
      { text: `${keyText(task.key)}  `, tone: "strong" },
      { text: taskText(task.text) },
    ]),
    `   ${pathLine(formatPlace(task.place), style)}`,
    ...prose(verdict, style, tone, 1),
    ...conflicts.flatMap(({ task: other, over }) =>
      prose(`${keyText(other)} changes ${oneLine(over, 200)}, too`, style, "plain", 3),
    ),
    ...doubtLines(answer.doubts, style, 3),
    ...(chain.length > 0 ? ["", ...chainLines(chain, style)] : []),
    ...(edges.length > 0
      ? [
          "",
          paint(
            style,
            "strong",
            ` waits for ${plural(edges.length, "task")}, ${open.length === 0 ? "all done" : `${open.length} not done`}`,
          ),
          ...edgeRows(edges, style),
        ]
      : ["", answer.doubts.length > 0 ? " It waits for nothing else." : " It waits for nothing."]),
    ...(dependents.length > 0
      ? [
          "",
          ...prose(
            `wait for it: ${keysText(dependents)}${holdsUp > dependents.length ? ` (${holdsUp} in all)` : ""}`,
            style,
            "plain",
            1,
          ),
        ]
      : []),
  ];
}

/** From the task to what can be acted on, each step with the place that makes it wait. Of a long way only the ends. */
function chainLines(chain: readonly WhyEdge[], style: Style): string[] {
  const between = chain.length - FIRST_STEPS - LAST_STEPS;
  if (between < 2)
    return chain.flatMap((edge, index) =>
      stepLines(edge, index, index === chain.length - 1, style),
    );
  return [
    ...chain.slice(0, FIRST_STEPS).flatMap((edge, index) => stepLines(edge, index, false, style)),
    ...prose(`${between} steps between; --json has all`, style, "quiet", 1 + FIRST_STEPS * 2),
    ...chain
      .slice(-LAST_STEPS)
      .flatMap((edge, index) =>
        stepLines(edge, FIRST_STEPS + index, index === LAST_STEPS - 1, style),
      ),
  ];
}

function stepLines(edge: WhyEdge, index: number, end: boolean, style: Style): string[] {
  const indent = " ".repeat(1 + index * 2);
  const state = end ? `  ${endText(edge.state)}` : "";
  return [
    composeLine(style, [
      { text: `${indent}${symbolsOf(style).arrow} `, tone: "quiet" },
      { text: `${keyText(edge.dependency)}  `, tone: "strong" },
      { text: taskText(edge.text), columns: Math.max(10, style.width - indent.length - 32) },
      { text: state, tone: stateTone(edge.state) },
    ]),
    ...prose(
      `${ORIGINS[edge.origin]}: ${oneLine(formatPlace(edge.place), 200)}${edge.reason === null ? "" : ` ${oneLine(edge.reason, 160)}`}`,
      style,
      "quiet",
      indent.length + 2,
    ),
  ];
}

const endText = (state: BoxState): string =>
  ({
    open: "can begin now",
    done: "done",
    "in-progress": "in progress",
    failed: "failed",
    skipped: "skipped",
  })[state];

/** A verification that nobody ticked and that holds nothing back any more is done for this. */
const shownState = ({ state, passed }: WhyEdge): BoxState =>
  passed && state === "open" ? "done" : state;

function edgeRows(edges: readonly WhyEdge[], style: Style): string[] {
  const shown = edges.slice(0, MOST_EDGES);
  const columns = keyColumns(shown.map(({ dependency }) => dependency));
  return [
    ...shown.map((edge) =>
      composeLine(style, [
        { text: ` ${stateSymbol(shownState(edge), style)} `, tone: stateTone(shownState(edge)) },
        { text: keyText(edge.dependency), columns: columns + 2 },
        { text: edge.origin, columns: 14, tone: "accent" },
        { text: oneLine(formatPlace(edge.place), 200), tone: "quiet" },
      ]),
    ),
    ...(edges.length > shown.length ? [` and ${edges.length - shown.length} more`] : []),
  ];
}
