import { placeOn, type SourceLine } from "../../core/markdown/source-lines.ts";
import {
  readMermaid,
  type MermaidGraph,
  type MermaidEdge,
  type MermaidNode,
} from "../annotations/mermaid.ts";
import type { Dependency, PhaseDependency, PlanDiagnostic, Task } from "../model.ts";
import type { Outline } from "./outline.ts";
import type { KeyedPhase } from "./phase-dependencies.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

export interface DiagramOrder {
  /** What each phase waits for by the arrows; undefined where no diagram has phases. */
  readonly after: ReadonlyMap<string, readonly PhaseDependency[]> | undefined;
  /** Arrows between tasks, guessed by their words. */
  readonly dependencies: readonly Dependency[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

const PHASE =
  /^\W{0,8}phase(?:\s{1,4}#?|\s{0,4}#|(?=\d))(\d{1,6}(?:\.\d{1,6})?[A-Za-z]?|[A-Z])(?![\p{L}\p{N}])[\s:.\-–—]{0,8}(.{0,400})$/iu;
const TASK = /^(?:sub-?)?task\s{0,4}:\s{0,4}(.{1,400})$/i;

/** The order that Mermaid diagrams of a document draw: nodes are phases by their words, `A[Phase 1: Ledger]`, not by their letters. */
export function diagramOrder(
  outlines: readonly Outline[],
  phases: readonly KeyedPhase[],
  tasks: readonly Task[],
): DiagramOrder {
  const reader = new DiagramReader(phases, tasks);
  for (const outline of outlines)
    for (const lines of mermaidBlocks(outline)) reader.read(readMermaid(lines), outline.file);
  return {
    after: reader.found ? reader.after : undefined,
    dependencies: reader.dependencies,
    diagnostics: reader.diagnostics,
  };
}

function mermaidBlocks({ lines }: Outline): readonly (readonly SourceLine[])[] {
  const blocks: SourceLine[][] = [];
  let open: SourceLine[] | undefined;
  for (const line of lines) {
    if (line.kind !== "code" || line.language !== "mermaid") open = undefined;
    else if (open) open.push(line);
    else blocks.push((open = [line]));
  }
  return blocks;
}

class DiagramReader {
  found = false;
  readonly after = new Map<string, PhaseDependency[]>();
  readonly dependencies: Dependency[] = [];
  readonly diagnostics: PlanDiagnostic[] = [];
  /** Phases by number, those with a letter (`2A`) also by `2 `. */
  readonly #numbered = new Map<string, KeyedPhase[]>();
  readonly #tasks: readonly Task[];

  constructor(phases: readonly KeyedPhase[], tasks: readonly Task[]) {
    this.#tasks = tasks;
    for (const phase of phases) {
      const number = phase.draft.block.number.toLowerCase();
      for (const word of new Set([number, number.replace(/(?<=\d)[a-z]$/, " ")])) {
        const group = this.#numbered.get(word);
        if (group) group.push(phase);
        else this.#numbered.set(word, [phase]);
      }
    }
  }

  read(diagram: MermaidGraph, file: string): void {
    const keyOf = this.#match(diagram, file);
    if (keyOf.size === 0) return;
    this.found = true;
    const edges = bridged(
      diagram,
      (id) => PHASE.test(diagram.nodes.get(id)?.label ?? ""),
      (id) => keyOf.has(id),
    );
    for (const edge of edges) {
      const [phase, dependent] = [keyOf.get(edge.from), keyOf.get(edge.to)];
      if (phase === undefined || dependent === undefined || phase === dependent) continue;
      const list = this.after.get(dependent) ?? [];
      this.after.set(dependent, list);
      if (!list.some((other) => other.phase === phase))
        list.push({ phase, origin: "explicit", strength: "hard", place: placeOf(edge, file) });
    }
    this.#taskEdges(diagram, keyOf, file);
  }

  /** Which phase of the text each node is: by its number, and of several of one number by the words. */
  #match(diagram: MermaidGraph, file: string): ReadonlyMap<string, string> {
    const keyOf = new Map<string, string>();
    const groups = new Map<string, { readonly node: MermaidNode; readonly title: string }[]>();
    for (const node of diagram.nodes.values()) {
      const [, number, title = ""] = PHASE.exec(node.label ?? "") ?? [];
      if (number === undefined) continue;
      const group = groups.get(number) ?? [];
      groups.set(number, group);
      group.push({ node, title });
    }
    for (const [number, nodes] of groups) this.#matchNumber(number, nodes, keyOf, file);
    return keyOf;
  }

  #matchNumber(
    number: string,
    nodes: readonly { readonly node: MermaidNode; readonly title: string }[],
    keyOf: Map<string, string>,
    file: string,
  ): void {
    const plain = number.toLowerCase();
    const exact = this.#numbered.get(plain) ?? [];
    const parts = this.#numbered.get(`${plain} `) ?? [];
    const phases = exact.length > 0 ? exact : parts;
    const free = new Set(phases);
    const pairs = nodes
      .flatMap(({ node, title }) =>
        phases.map((phase) => ({ node, phase, alike: likeness(title, phase.draft.block.title) })),
      )
      .toSorted((a, b) => b.alike - a.alike);
    for (const { node, phase } of pairs)
      if (!keyOf.has(node.id) && free.delete(phase)) keyOf.set(node.id, phase.key);
    for (const { node, title } of nodes) {
      if (keyOf.has(node.id)) continue;
      const [first] = phases;
      if (first) keyOf.set(node.id, first.key);
      if (phases.some(({ draft }) => likeness(title, draft.block.title) === 1)) continue;
      const instead = first
        ? `; its arrows count for phase ${quoted(first.draft.block.number)}`
        : "";
      this.diagnostics.push(
        note(
          PRD_REPORT.diagramPhase,
          placeOf(node, file),
          `The diagram has ${quoted(node.label ?? node.id)}, which is no phase of the text${instead}`,
        ),
      );
    }
  }

  /** `B1[Task: Logger Class] --> B2[…]`: nodes whose words fit exactly one task of the phase that the letter stands for. */
  #taskEdges(diagram: MermaidGraph, phases: ReadonlyMap<string, string>, file: string): void {
    const labelled = [...diagram.nodes.values()].filter(({ label }) => TASK.test(label ?? ""));
    const keyOf = new Map(
      labelled.flatMap((node) => {
        const key = this.#taskOf(node, phases);
        return key === undefined ? [] : [[node.id, key] as const];
      }),
    );
    const position = new Map(this.#tasks.map(({ key }, index) => [key, index]));
    const missing = labelled.find(({ id }) => !keyOf.has(id));
    if (missing)
      this.diagnostics.push(
        note(
          PRD_REPORT.diagramTasks,
          placeOf(missing, file),
          `${labelled.length - keyOf.size} of ${labelled.length} nodes of this diagram that stand for tasks fit no single task, ${quoted(missing.label ?? "")} first`,
        ),
      );
    for (const edge of diagram.edges) {
      const [dependency, dependent] = [keyOf.get(edge.from), keyOf.get(edge.to)];
      if (dependency === undefined || dependent === undefined) continue;
      // A guess is not taken where it goes against the order of the document.
      if ((position.get(dependency) ?? 0) < (position.get(dependent) ?? 0))
        this.dependencies.push({
          dependency,
          dependent,
          origin: "inferred",
          strength: "soft",
          place: placeOf(edge, file),
        });
    }
  }

  #taskOf({ id, label }: MermaidNode, phases: ReadonlyMap<string, string>): string | undefined {
    const phase = phases.get(id.replace(/[\d.]+$/, ""));
    const words = wordsOf(TASK.exec(label ?? "")?.[1] ?? "");
    if (words.length === 0) return undefined;
    const fitting = this.#tasks.filter(
      (task) =>
        (phase === undefined || task.phase === phase) &&
        words.every((word) => task.text.toLowerCase().includes(word)),
    );
    return fitting.length === 1 ? fitting[0]?.key : undefined;
  }
}

const placeOf = ({ line, at }: MermaidNode | MermaidEdge, file: string) => ({
  file,
  ...placeOn(line, at),
});

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]{3,40}/gu) ?? [];

/** Words that two titles share, as a part of the shorter one's. */
function likeness(a: string, b: string): number {
  const [first, second] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared / Math.max(1, Math.min(first.size, second.size));
}

/** Edges from node to node that the text has, through phases that it doesn't have. */
function bridged(
  { edges }: MermaidGraph,
  isPhase: (id: string) => boolean,
  isKnown: (id: string) => boolean,
): readonly MermaidEdge[] {
  const missing = new Set(
    edges.flatMap(({ from, to }) => [from, to]).filter((id) => isPhase(id) && !isKnown(id)),
  );
  let all: readonly MermaidEdge[] = edges;
  for (const id of [...missing].slice(0, 100)) {
    const into = all.filter(({ to, from }) => to === id && from !== id);
    const out = all.filter(({ to, from }) => from === id && to !== id);
    const through =
      into.length * out.length > 400
        ? []
        : into.flatMap(({ from }) => out.map((edge) => ({ ...edge, from })));
    all = [...all.filter(({ from, to }) => from !== id && to !== id), ...through];
  }
  return all;
}
