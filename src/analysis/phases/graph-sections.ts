import { oneLine } from "../../core/text.ts";
import type { Section, Statement } from "../model.ts";
import { counted, named, rowOf, slugOf, stated, tableOf } from "../phrases.ts";
import type { PhasedPlan } from "./parallel-phases.ts";
import type { Hold, PhaseVerdict, PhaseView } from "./phase-holds.ts";

/** Plans whose phases are drawn. */
const DRAWN = 12;
const ROWS = 200;

const VERDICTS: Readonly<Record<PhaseVerdict, string>> = {
  first: "waits for nothing",
  held: "needs an earlier phase",
  free: "held by the barrier only",
  silent: "not known",
};

/** The phases of each plan as a table and a drawing. */
export const graphSections = (phased: readonly PhasedPlan[]): readonly Section[] =>
  phased.slice(0, DRAWN).map(({ analysed, views }, index) => ({
    id: `phases-${index + 1}-${slugOf(analysed.name)}`,
    heading: `Phases of ${analysed.name}`,
    blocks: [
      tableOf(
        `Phases of ${analysed.name}`,
        ["Phase", "#Tasks", "#Say what they touch", "Waits for", "Known to need", "So it is"],
        views.map(phaseRow),
        ROWS,
      ),
      {
        kind: "mermaid",
        caption: "Solid: known to be needed. Dashed: only the barrier.",
        code: drawn(views),
      },
    ],
  }));

function phaseRow({ phase, tasks, known, holds, verdict }: PhaseView) {
  const after = phase.after.map(({ phase: key, origin }) => `${key} (${origin})`).join(", ");
  const cells = [`${phase.key} ${phase.title}`, tasks.length, known, after || "–"];
  return rowOf([...cells, needText(holds), VERDICTS[verdict]], [phase.place]);
}

/** `1 (src/a.ts: 2.1 after 1.3)`: one reason for each phase, and how many more. */
function needText(holds: readonly Hold[]): string {
  const phases = [...new Set(holds.map(({ phase }) => phase))];
  if (phases.length === 0) return "nothing";
  return phases
    .map((key) => {
      const own = holds.filter(({ phase }) => phase === key);
      const more = own.length > 1 ? ` and ${own.length - 1} more` : "";
      return `${key} (${own.slice(0, 1).map(holdText).join("")}${more})`;
    })
    .join(", ");
}

const holdText = ({ from, to, what }: Hold): string =>
  from === undefined || to === undefined ? what : `${what}: ${to} after ${from}`;

/** Words that mean nothing to the language of the drawing. */
const label = ({ phase }: PhaseView): string =>
  oneLine(`${phase.key} ${phase.title}`, 50).replace(/[^\p{L}\p{N} ._/-]/gu, "_");

function drawn(views: readonly PhaseView[]): string {
  const names = new Map(views.map(({ phase }, index) => [phase.key, `p${index + 1}`]));
  return [
    "flowchart LR",
    ...views.map((view) => `  ${names.get(view.phase.key) ?? ""}["${label(view)}"]`),
    ...views.flatMap(({ phase, holds }) => {
      const needed = new Set(holds.map((hold) => hold.phase));
      const only = phase.after.map((after) => after.phase).filter((key) => !needed.has(key));
      const arrow = (key: string, line: string) => {
        const from = names.get(key);
        return from === undefined ? [] : [`  ${from} ${line} ${names.get(phase.key) ?? ""}`];
      };
      return [
        ...[...needed].flatMap((key) => arrow(key, "-->")),
        ...only.flatMap((key) => arrow(key, "-.->")),
      ];
    }),
  ].join("\n");
}

/** Phases that could begin earlier, and what holds the others. */
export const startSection = (phased: readonly PhasedPlan[]): Section => ({
  id: "could-start-earlier",
  heading: "Phases that could begin earlier, and what holds the others",
  blocks: [
    {
      kind: "note",
      text: "A phase is held by what its tasks say they wait for, and by files that it touches and an earlier phase writes. Its author may know of more: a barrier costs time, a missing one costs work.",
    },
    {
      kind: "list",
      items: phased.flatMap(({ analysed, views }) =>
        views
          .filter(({ barriers }) => barriers.length > 0)
          .map((view) => startStatement(analysed.name, view)),
      ),
    },
  ],
});

function startStatement(name: string, view: PhaseView): Statement {
  const { phase, tasks, known, verdict, barriers } = view;
  const which = `${name}, phase ${phase.key}`;
  if (verdict === "held") return heldStatement(which, view);
  const said = `${known} of ${counted(tasks.length, "task")} say what they touch`;
  return stated(
    verdict === "free"
      ? `${which} waits for ${named(barriers)} by its place only (${said}).`
      : `${which}: nothing is known to hold it to ${named(barriers)}, but only ${said}.`,
    { value: known, unit: "tasks that say what they touch", of: tasks.length },
    [phase.place],
  );
}

function heldStatement(which: string, { holds, barriers }: PhaseView): Statement {
  const needed = [...new Set(holds.map(({ phase }) => phase))];
  const more = holds.length > 3 ? `; ${holds.length - 3} more` : "";
  const rest = barriers.filter((key) => !needed.includes(key));
  const free = rest.length > 0 ? `; nothing is known to hold it to ${named(rest)}` : "";
  return stated(
    `${which} needs ${named(needed)} (${holds.slice(0, 3).map(holdText).join("; ")}${more})${free}.`,
    { value: holds.length, unit: "needs" },
    holds.flatMap(({ places }) => places.slice(0, 1)),
  );
}
