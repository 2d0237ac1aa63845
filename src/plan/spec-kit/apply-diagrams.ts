import { placeOn } from "../../core/markdown/source-lines.ts";
import { oneLine } from "../../core/text.ts";
import type { IdGrammar } from "../annotations/id-grammar.ts";
import { readMermaid, type MermaidNode } from "../annotations/mermaid.ts";
import { readReferences, type Reference } from "../annotations/references.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import { readWaves, type Wave } from "../annotations/waves.ts";
import { tellWords } from "./apply-notes.ts";
import type { DraftNote } from "./draft.ts";
import { addEdge, connect, endsOf, type Ends, type Plot } from "./edges.ts";

const NOTHING: Ends = { tasks: [], phases: [], inside: [] };

/** Put the edges of mermaid charts into the plot: `T001 --> T011`, `A[Phase 1: Setup] --> B[Phase 2]`. */
export function applyMermaid(
  notes: readonly DraftNote[],
  plot: Plot,
  grammar: IdGrammar,
  file: string,
): void {
  const { nodes, edges } = readMermaid(notes.flatMap(({ lines }) => lines));
  const ends = new Map<string, Ends>();
  for (const { from, to, line, at } of edges) {
    const place = { file, ...placeOn(line, at) };
    const find = (id: string): Ends => {
      const known = ends.get(id) ?? nodeEnds(nodes.get(id), plot, grammar, place);
      ends.set(id, known);
      return known;
    };
    const said = {
      origin: "explicit",
      strength: "hard",
      place,
      reason: oneLine(line.text, 160),
    } as const;
    connect(plot, find(from), find(to), said);
    tellWords(plot, place);
  }
}

/** A node is what its id names, or else what its label begins with. */
function nodeEnds(
  node: MermaidNode | undefined,
  plot: Plot,
  grammar: IdGrammar,
  place: Parameters<typeof endsOf>[2]["place"],
): Ends {
  for (const text of [node?.id ?? "", node?.label ?? ""]) {
    const { references, end } = readReferences(text, 0, grammar);
    const whole = text === node?.id ? end === text.length : references.length > 0;
    if (references.length > 0 && whole)
      return endsOf(plot, { references: references.slice(0, 1) }, { place });
  }
  return NOTHING;
}

/**
 * Put waves into the plot. They are a view of what depends on what: a wave makes edges for those of its tasks alone whose own
 * words name nothing that they wait for, unless its row names tasks that all of it waits for. What contradicts the words is told.
 */
export function applyWaves(
  notes: readonly DraftNote[],
  plot: Plot,
  grammar: IdGrammar,
  file: string,
): void {
  const waves = readWaves(
    notes.flatMap(({ lines }) => lines),
    grammar,
  );
  const tasksOf: TasksOf = (references) =>
    resolveReferences(references, plot.index, {}, true).tasks.map(({ task }) => task);
  const members = waves.map(({ members: all }) =>
    all.flatMap(({ reference }) => tasksOf([reference])),
  );
  const waveOf = new Map<string, number>();
  members.forEach((tasks, at) => tasks.forEach((task) => waveOf.set(task, waveOf.get(task) ?? at)));
  orderMembers(waves, tasksOf, plot, file);
  orderWaves({ waves, members, tasksOf, file }, plot);
  tellContradictions(plot, waves, waveOf, file);
}

type TasksOf = (references: readonly Reference[]) => readonly string[];

/** What the lists say of single tasks: `T002 (T001)`. */
function orderMembers(waves: readonly Wave[], tasksOf: TasksOf, plot: Plot, file: string): void {
  for (const wave of waves) {
    for (const { reference, waitsFor, place } of wave.members) {
      const said = {
        origin: "explicit",
        strength: "hard",
        place: { file, ...place },
        reason: `wave ${wave.number}`,
      } as const;
      for (const later of tasksOf([reference]))
        for (const earlier of tasksOf(waitsFor)) addEdge(plot, earlier, later, said);
    }
  }
}

interface Waves {
  readonly waves: readonly Wave[];
  /** The tasks of each. */
  readonly members: readonly (readonly string[])[];
  readonly tasksOf: TasksOf;
  readonly file: string;
}

function orderWaves({ waves, members, tasksOf, file }: Waves, plot: Plot): void {
  const own = new Set(
    [...plot.dependencies.values()]
      .filter(({ origin }) => origin === "explicit")
      .map(({ dependent }) => dependent),
  );
  for (const { members: list } of waves)
    for (const { reference, waitsFor } of list)
      if (waitsFor.length > 0) for (const task of tasksOf([reference])) own.add(task);
  waves.forEach((wave, at) => {
    const before =
      wave.waitsFor.length > 0
        ? tasksOf(wave.waitsFor)
        : previous(waves, at).flatMap((index) => members[index] ?? []);
    const all = members[at] ?? [];
    const later = wave.waitsFor.length > 0 ? all : all.filter((task) => !own.has(task));
    const place = { file, ...wave.place };
    connect(
      plot,
      { ...NOTHING, tasks: before },
      { ...NOTHING, tasks: later },
      { origin: "explicit", strength: "hard", place, reason: `wave ${wave.number}` },
    );
    tellWords(plot, place);
  });
}

/** The waves that it says it waits for, else the one before. */
function previous(waves: readonly Wave[], at: number): readonly number[] {
  const named = waves[at]?.waves ?? [];
  if (named.length === 0) return at === 0 ? [] : [at - 1];
  return waves.flatMap(({ number }, index) =>
    index !== at && named.includes(number) ? [index] : [],
  );
}

function tellContradictions(
  plot: Plot,
  waves: readonly Wave[],
  waveOf: ReadonlyMap<string, number>,
  file: string,
): void {
  for (const { dependency, dependent, origin, place } of plot.dependencies.values()) {
    const [before, after] = [waveOf.get(dependency), waveOf.get(dependent)];
    if (origin !== "explicit" || before === undefined || after === undefined || before < after)
      continue;
    plot.diagnostics.push({
      code: "PLAN_WAVE_CONTRADICTION",
      severity: "warning",
      message: `${oneLine(dependent, 40)} waits for ${oneLine(dependency, 40)}, but stands in wave ${waves[after]?.number ?? ""}, not behind wave ${waves[before]?.number ?? ""}`,
      place,
      hint: "Correct the wave or the dependency; the dependency counts here.",
      related: [
        { message: `wave ${waves[after]?.number ?? ""}`, place: { file, ...waves[after]?.place } },
      ],
    });
  }
}
