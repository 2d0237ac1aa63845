import { placeOn, readLines, type SourceLine } from "../../core/markdown/source-lines.ts";
import { SPEC_KIT_IDS, type IdGrammar } from "../annotations/id-grammar.ts";
import type { Phase, Plan, PlanText } from "../model.ts";
import { applyMermaid, applyWaves } from "./apply-diagrams.ts";
import { applyNote, applyTables } from "./apply-notes.ts";
import { applyTaskWords } from "./apply-task-words.ts";
import type { Draft, DraftPhase } from "./draft.ts";
import { openPlot, type Plot } from "./edges.ts";
import { makeTasks, type MadeTask } from "./make-tasks.ts";
import { makeVerifications } from "./make-verifications.ts";
import { orderPhases } from "./phase-order.ts";
import { scanTasks } from "./scan.ts";
import { strictFindings } from "./strict-grammar.ts";
import { inferTestsFirst } from "./tests-first.ts";

/**
 * Read Spec Kit's tasks.md of every generation, and its relatives (FORMATS §3.3, §3.4): presets with waves, gates and batches,
 * smart-ralph, cc-sdd, spec-workflow-mcp, OpenSpec. Linear in the text; never throws.
 */
export function readSpecKit(texts: readonly PlanText[]): Plan {
  const main = texts.find(({ file }) => !/\.ya?ml$/i.test(file)) ?? { file: "tasks.md", text: "" };
  const { file } = main;
  const lines = readLines(main.text);
  const draft = scanTasks(lines);
  const made = makeTasks(draft, file);
  const verifications = makeVerifications(draft, made, file);
  const plot = plotOf({ draft, made, lines, file });
  return {
    file,
    dialect: "spec-kit",
    title: draft.title,
    phases: makePhases(draft, plot, file),
    tasks: made.map(({ task }) => task),
    verifications,
    dependencies: [...plot.dependencies.values()],
    sequences: plot.sequences,
    upstream: [],
    diagnostics: [...strictFindings({ draft, made, lines, file }), ...plot.diagnostics],
  };
}

interface Read {
  readonly draft: Draft;
  readonly made: readonly MadeTask[];
  readonly lines: readonly SourceLine[];
  readonly file: string;
}

const phasePlace = ({ line }: DraftPhase, file: string) => ({
  file,
  ...placeOn(line, line.text.search(/\S/)),
});

/** All that the text says of order. Words of tasks come first, so that they are the reason of an edge that others say, too. */
function plotOf({ draft, made, lines, file }: Read): Plot {
  const plot = openPlot(
    draft.phases,
    made,
    orderPhases(draft.phases, (phase) => phasePlace(phase, file)),
  );
  const grammar = grammarOf(made);
  for (const one of made) applyTaskWords(one, plot, grammar, file);
  const notes = draft.notes.filter(({ lines: [first] }) => !isWave(first));
  for (const note of notes)
    if (note.kind === "text" || note.kind === "diagram") applyNote(note, plot, grammar, file);
  applyTables(
    notes.filter(({ kind }) => kind === "row"),
    plot,
    grammar,
    file,
  );
  applyMermaid(
    draft.notes.filter(({ kind }) => kind === "mermaid"),
    plot,
    grammar,
    file,
  );
  applyWaves(
    draft.notes.filter(({ kind }) => kind === "text" || kind === "row"),
    plot,
    grammar,
    file,
  );
  inferTestsFirst(made, lines, plot, file);
  return plot;
}

const isWave = (line: SourceLine | undefined): boolean =>
  /^[\s*_+-]{0,40}wave\s{1,4}\d[^|]{0,200}:/iu.test(line?.text ?? "");

/** Where tasks are T with digits, `19.1` in a sentence is a version. */
function grammarOf(made: readonly MadeTask[]): IdGrammar {
  const numbered = made.filter(({ task }) => task.id !== undefined && /^\d/.test(task.id)).length;
  return numbered * 2 > made.length ? SPEC_KIT_IDS : { ...SPEC_KIT_IDS, task: SPEC_KIT_IDS.sure };
}

function makePhases(draft: Draft, plot: Plot, file: string): readonly Phase[] {
  return draft.phases.map((phase) => ({
    key: phase.key,
    title: phase.title,
    place: phasePlace(phase, file),
    after: plot.after.get(phase.key) ?? [],
    startsWhen: [],
    ...(phase.story === undefined ? {} : { story: phase.story }),
  }));
}
