import { diagramLabel } from "../diagram-label.ts";
import type { Section, Statement } from "../model.ts";
import { counted, named, rowOf, slugOf, stated, tableOf } from "../phrases.ts";
import type { PhasedPlan } from "./parallel-phases.ts";
import { looseHolds, type Hold, type PhaseVerdict, type PhaseView } from "./phase-holds.ts";

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
        [
          "Phase",
          "#Tasks",
          "#Say what they touch or need",
          "Waits for",
          "Known to need",
          "So it is",
        ],
        views.map(phaseRow),
        ROWS,
      ),
      {
        kind: "mermaid",
        caption: "Solid: needed by words, or by a file that both touch. Dashed: only the barrier.",
        code: drawn(views),
      },
    ],
  }));

function phaseRow({ phase, tasks, known, holds, verdict }: PhaseView) {
  const after = grouped(phase.after.map(({ phase: key, origin }) => [key, origin] as const));
  const cells = [`${phase.key} ${phase.title}`, tasks.length, known, after || "–"];
  return rowOf([...cells, needText(holds), VERDICTS[verdict]], [phase.place]);
}

/** `1 (src/a.ts: 2.1 after 1.3)`: one reason for each phase, and how many more. */
function needText(holds: readonly Hold[]): string {
  const phases = [...new Set(holds.map(({ phase }) => phase))];
  if (phases.length === 0) return "nothing";
  return grouped(
    phases.map((key) => {
      const own = holds.filter(({ phase }) => phase === key);
      const more = own.length > 1 ? `, and ${counted(own.length - 1, "more reason")}` : "";
      return [key, `${own.slice(0, 1).map(holdText).join("")}${more}`] as const;
    }),
  );
}

/** `1, 2 (explicit), 3 (barrier)`: phases of which the same is said are told together. */
function grouped(said: readonly (readonly [key: string, why: string])[]): string {
  const keys = new Map<string, string[]>();
  for (const [key, why] of said) keys.set(why, [...(keys.get(why) ?? []), key]);
  return [...keys].map(([why, some]) => `${some.join(", ")} (${why})`).join(", ");
}

const phasesNamed = (keys: readonly string[]): string =>
  `${keys.length === 1 ? "phase" : "phases"} ${named(keys)}`;

/** Kinds of words, as people say them. */
const WORDS = new Map([
  ["explicit", "the text says so"],
  ["story", "order of stories"],
  ["inferred", "guessed"],
]);

const holdText = ({ from, to, what }: Hold): string => {
  const words = WORDS.get(what) ?? what;
  return from === undefined || to === undefined ? words : `${words}: ${to} after ${from}`;
};

const label = ({ phase }: PhaseView): string => diagramLabel(`${phase.key} ${phase.title}`, 50);

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
      text: "A phase is held by what its tasks say they wait for, and by files that it touches and an earlier phase writes. Too little is known of one of which fewer than half of the tasks say what they touch or wait for. Its author may know of more: a barrier costs time, a missing one costs work.",
    },
    { kind: "list", items: startStatements(phased) },
  ],
});

function startStatements(phased: readonly PhasedPlan[]): readonly Statement[] {
  const items = phased.flatMap(({ analysed, views }) => [
    ...views
      .filter(({ barriers, verdict }) => barriers.length > 0 && verdict !== "silent")
      .map((view) => startStatement(analysed.name, view)),
    ...silentStatement(analysed.name, views),
    ...views.flatMap((view) => looseFiles(analysed.name, view, looseHolds(view, views))),
  ]);
  const phases = phased.reduce((sum, { views }) => sum + views.length, 0);
  const none = stated("No phase stands behind a barrier.", {
    value: 0,
    unit: "phases",
    of: phases,
  });
  return items.length > 0 ? items : [none];
}

/** Files that two phases touch although the plan lets them run at once. */
function looseFiles(
  name: string,
  { phase }: PhaseView,
  loose: readonly Hold[],
): readonly Statement[] {
  return [...new Set(loose.map((hold) => hold.phase))].map((other) => {
    const own = loose.filter((hold) => hold.phase === other);
    const files = [...new Set(own.map(({ what }) => what))];
    const texts = files.map((file) => {
      const some = own.filter(({ what }) => what === file);
      const tasks = some.flatMap(({ from = "", to = "" }) => [from, to]);
      return `${file} (${named([...new Set(tasks)], 4)})`;
    });
    return stated(
      `${name}, phases ${other} and ${phase.key} may run at once as the plan is written, but phase ${phase.key} touches ${counted(files.length, "file")} that phase ${other} writes: ${named(texts, 3)}.`,
      { value: files.length, unit: "files" },
      own.flatMap(({ places }) => places.slice(0, 1)),
    );
  });
}

function startStatement(name: string, view: PhaseView): Statement {
  const { phase, tasks, known, verdict, barriers } = view;
  const which = `${name}, phase ${phase.key}`;
  if (verdict === "held") return heldStatement(which, view);
  return stated(
    `${which} waits for ${phasesNamed(barriers)} by its place only (${known} of ${counted(tasks.length, "task")} say what they touch or wait for).`,
    { value: known, unit: "tasks that say what they touch or wait for", of: tasks.length },
    [phase.place],
  );
}

/** Phases of which too few tasks say enough, with how many do: `3 (0 of 9)`. */
function silentStatement(name: string, views: readonly PhaseView[]): readonly Statement[] {
  const silent = views.filter(
    ({ barriers, verdict }) => barriers.length > 0 && verdict === "silent",
  );
  if (silent.length === 0) return [];
  const sum = (pick: (view: PhaseView) => number) =>
    silent.reduce((total, view) => total + pick(view), 0);
  const [known, all] = [sum((view) => view.known), sum(({ tasks }) => tasks.length)];
  const missing = sum((view) => Math.max(0, Math.ceil(view.tasks.length / 2) - view.known));
  const shares = silent.map((view) => `${view.phase.key} (${view.known} of ${view.tasks.length})`);
  return [
    stated(
      `${name}: nothing is known to hold ${silent.length === 1 ? "phase" : "phases"} ${named(shares, 20)} to what stands before, but too few tasks say what they touch or wait for. ${counted(missing, "more task")} that ${missing === 1 ? "does" : "do"} would be enough to tell.`,
      { value: known, unit: "tasks that say what they touch or wait for", of: all },
      silent.map(({ phase }) => phase.place),
    ),
  ];
}

function heldStatement(which: string, { holds, barriers }: PhaseView): Statement {
  const needed = [...new Set(holds.map(({ phase }) => phase))];
  const reasons = [...new Set(holds.map(holdText))];
  const more = reasons.length > 3 ? `; ${reasons.length - 3} more` : "";
  const rest = barriers.filter((key) => !needed.includes(key));
  const free = rest.length > 0 ? `; nothing is known to hold it to ${phasesNamed(rest)}` : "";
  return stated(
    `${which} needs ${phasesNamed(needed)} (${reasons.slice(0, 3).join("; ")}${more})${free}.`,
    { value: holds.length, unit: "needs" },
    holds.flatMap(({ places }) => places.slice(0, 1)),
  );
}
