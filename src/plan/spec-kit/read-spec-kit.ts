import { readEstimate } from "../estimates.ts";
import { placeOn, readLines, type SourceLine } from "../../core/markdown/source-lines.ts";
import { SPEC_KIT_IDS, type IdGrammar } from "../annotations/id-grammar.ts";
import type { Phase, Plan, PlanDiagnostic, PlanText, Task, Verification } from "../model.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { applyDescribed } from "./apply-described.ts";
import { applyDrawings, cutDrawings } from "./apply-drawings.ts";
import { applyMermaid, applyWaves } from "./apply-diagrams.ts";
import { applyNote, applyTables } from "./apply-notes.ts";
import { applyParallel, parallelOf, withFree } from "./apply-parallel.ts";
import { applyTaskWords } from "./apply-task-words.ts";
import type { Draft, DraftPhase } from "./draft.ts";
import { openPlot, type Plot } from "./edges.ts";
import { applyExecution } from "./execution/apply-execution.ts";
import { executionPhases } from "./execution/execution-phases.ts";
import { withExecutionTasks } from "./execution/execution-tasks.ts";
import { readExecution } from "./execution/read-execution.ts";
import { makeTasks, type MadeTask } from "./make-tasks.ts";
import { makeVerifications } from "./make-verifications.ts";
import { orderPhases } from "./phase-order.ts";
import { readUpstream } from "./read-upstream.ts";
import { scanTasks } from "./scan.ts";
import { strictFindings } from "./strict-grammar.ts";
import { inferTestsFirst } from "./tests-first.ts";

const isYaml = ({ file }: PlanText): boolean => /\.ya?ml$/i.test(file);

/**
 * Read Spec Kit's tasks.md of every generation, and its relatives (FORMATS §3.3, §3.4): presets with waves, gates and batches,
 * smart-ralph, cc-sdd, spec-workflow-mcp, OpenSpec; with a tasks.execution.yaml beside it, or that alone. Linear in the texts but
 * for the edges that they ask for, which are bounded; never throws.
 */
export function readSpecKit(texts: readonly PlanText[]): Plan {
  const markdown = texts.find((text) => !isYaml(text));
  const execution = texts.filter(isYaml).slice(0, 1).map(readExecution)[0];
  const file = (markdown ?? texts[0])?.file ?? "tasks.md";
  const lines = readLines(markdown?.text ?? "");
  const draft = scanTasks(lines);
  const made = makeTasks(draft, file);
  const phases = markdown ? draft.phases : executionPhases(execution, texts[0]?.text ?? "");
  const written = made.map(({ task }) => task);
  const tasks = execution ? withExecutionTasks(written, phases, execution) : written;
  const known = makeVerifications(draft, made, file);
  const plot = plotOf({ draft, made, lines, file, phases, tasks });
  const gates = execution ? applyExecution(execution, known, plot) : [];
  const own = strictFindings({ draft, made, lines, file });
  return {
    file: texts[0]?.file ?? file,
    dialect: "spec-kit",
    title: draft.title === "" ? (execution?.feature ?? "") : draft.title,
    phases: makePhases(phases, plot, file),
    tasks: withFree(tasks, plot),
    verifications: uniqueKeys([...known, ...gates]),
    dependencies: [...plot.dependencies.values()],
    sequences: plot.sequences,
    ...parallelOf(plot),
    upstream: readUpstream(lines, file),
    diagnostics: [
      ...own,
      ...(execution?.diagnostics ?? []),
      ...plot.diagnostics,
      ...cut(plot, file),
    ],
  };
}

function cut({ index }: Plot, file: string): readonly PlanDiagnostic[] {
  if (index.budget.left > 0) return [];
  return [
    {
      code: "PLAN_TOO_MANY_REFERENCES",
      severity: "error",
      message: "more is said to wait for more than is read; what is beyond is left out",
      place: { file, line: 1, column: 1 },
      hint: "Name fewer tasks in ranges, or let phases wait for phases.",
    },
  ];
}

interface Read {
  readonly draft: Draft;
  readonly made: readonly MadeTask[];
  readonly lines: readonly SourceLine[];
  readonly file: string;
  readonly phases: readonly DraftPhase[];
  readonly tasks: readonly Task[];
}

const phasePlace = ({ line }: DraftPhase, file: string) => ({
  file,
  ...placeOn(line, line.text.search(/\S/)),
});

function uniqueKeys(verifications: readonly Verification[]): readonly Verification[] {
  const keys = new UniqueKeys();
  return verifications.map((one) => ({ ...one, key: keys.take(one.key) }));
}

/** All that the text says of order. Words of tasks come first, so that they are the reason of an edge that others say, too. */
function plotOf({ draft, made, lines, file, phases, tasks }: Read): Plot {
  const also = new Map(made.map((one) => [one.task.key, one.also]));
  const plot = openPlot(
    phases,
    tasks.map((task) => ({ task, also: also.get(task.key) ?? [] })),
    orderPhases(phases, (phase) => phasePlace(phase, file)),
  );
  const grammar = grammarOf(made);
  for (const one of made) applyTaskWords(one, plot, grammar, file);
  const notes = draft.notes.filter(({ lines: [first] }) => !isWave(first));
  const { drawings, rest } = cutDrawings(notes, grammar);
  for (const note of rest)
    if (note.kind === "text" || note.kind === "diagram") applyNote(note, plot, grammar, file);
  const rows = notes.filter(({ kind }) => kind === "row");
  applyTables(rows, plot, grammar, file);
  applyDrawings(drawings, plot, file);
  const charts = draft.notes.filter(({ kind }) => kind === "mermaid");
  applyMermaid(charts, plot, grammar, file);
  const waves = draft.notes.filter(({ kind }) => kind === "text" || kind === "row");
  applyWaves(waves, plot, grammar, file);
  inferTestsFirst(made, lines, plot, file);
  const said = notes.filter(({ kind }) => kind === "text");
  applyDescribed(said, plot, grammar, file);
  applyParallel(said, plot, grammar, file);
  return plot;
}

const isWave = (line: SourceLine | undefined): boolean =>
  /^[\s*_+-]{0,40}wave\s{1,4}\d[^|]{0,200}:/iu.test(line?.text ?? "");

/** Where tasks are T with digits, `19.1` in a sentence is a version. */
function grammarOf(made: readonly MadeTask[]): IdGrammar {
  const numbered = made.filter(({ task }) => task.id !== undefined && /^\d/.test(task.id)).length;
  return numbered * 2 > made.length ? SPEC_KIT_IDS : { ...SPEC_KIT_IDS, task: SPEC_KIT_IDS.sure };
}

function makePhases(phases: readonly DraftPhase[], plot: Plot, file: string): readonly Phase[] {
  return phases.map((phase) => {
    const place = phasePlace(phase, file);
    const estimate = readEstimate(phase.title, place);
    return {
      key: phase.key,
      title: phase.title,
      place,
      after: [...(plot.after.get(phase.key)?.values() ?? [])],
      startsWhen: [],
      ...(phase.story === undefined ? {} : { story: phase.story }),
      ...(estimate && { estimate }),
    };
  });
}
