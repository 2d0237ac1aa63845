import type { SourceLine } from "../../core/markdown/source-lines.ts";
import { UniqueKeys } from "../unique-keys.ts";
import type { Draft, DraftNote, DraftPhase, DraftSection, DraftTask } from "./draft.ts";
import { plainTitle, readPhaseHeading } from "./phase-heading.ts";
import { isAside, sectionKind, staysInPhase, TESTS_FIRST } from "./sections.ts";
import { BULLETED, CHECKPOINT, HEADING, indentOf, PHASE_NOTE, titleOf } from "./scan-words.ts";
import { readRest, readTaskLine, type TaskLine } from "./task-line.ts";

/** Cut the lines of a tasks.md into phases, tasks with what belongs to them, sections, checkpoints and notes. One pass. */
export function scanTasks(lines: readonly SourceLine[]): Draft {
  const listed = lines.some(
    ({ kind, text }) => kind === "text" && /^#{2,3} \d{1,4}[.)]? /.test(text),
  );
  const scanner = new Scanner(
    listed && !lines.some(({ text }) => /^\s*[-*+] \[.\] \**T\d/.test(text)),
  );
  for (const line of lines) scanner.take(line);
  return scanner.draft;
}

class Scanner {
  readonly draft: Draft = {
    title: "",
    phases: [],
    tasks: [],
    sections: [],
    notes: [],
    checkpoints: [],
    criteria: [],
    lookAlikes: [],
  };
  readonly #phaseKeys = new UniqueKeys();
  readonly #listed: boolean;
  #phase: DraftPhase | undefined;
  #section: DraftSection | undefined;
  /** The sections that the last heading stands in, each inside the one before. */
  #around: DraftSection[] = [];
  /** The open tasks, each inside the one before. */
  #open: DraftTask[] = [];
  /** Where lines that go on belong. */
  #run: SourceLine[] | undefined;
  #runIndent = 0;
  #blank = true;

  constructor(listed: boolean) {
    this.#listed = listed;
  }

  take(line: SourceLine): void {
    if (line.kind === "meta") return;
    if (line.kind === "code") return this.#code(line);
    if (line.text.trim() === "") {
      this.#blank = true;
      this.#run = undefined;
      this.#detail(line);
      return;
    }
    const heading = HEADING.exec(line.text);
    if (heading) this.#heading(line, (heading[1] ?? "").length, (heading[2] ?? "").trim());
    else this.#text(line);
    this.#blank = false;
  }

  #heading(line: SourceLine, level: number, words: string): void {
    this.#run = undefined;
    const at = line.text.indexOf(words);
    const task = readRest(line.text, at, { indent: 0, bulletAt: at, bullet: "#", box: undefined });
    if (level >= 3 && task.id?.startsWith("T") === true && task.text !== "") {
      this.#open = [];
      this.#add(line, task, "heading");
      return;
    }
    this.#open = [];
    const phase = readPhaseHeading(words, this.#listed);
    if (phase && level > 1) {
      this.#section = undefined;
      this.#around = [];
      this.#phase = { ...phase, key: this.#phaseKeys.take(phase.number), line, level, at };
      this.draft.phases.push(this.#phase);
      return;
    }
    if (level === 1 && this.draft.title === "") this.draft.title = titleOf(words);
    const kind = sectionKind(plainTitle(words));
    if (this.#phase && level <= this.#phase.level && !staysInPhase(kind, level))
      this.#phase = undefined;
    while ((this.#around.at(-1)?.level ?? 0) >= level) this.#around.pop();
    const outer = this.#around.at(-1);
    const inherited =
      isAside(outer?.kind) && outer?.kind !== "gate" && (kind === "other" || kind === "tests");
    this.#section = {
      kind: inherited && outer ? outer.kind : kind,
      title: plainTitle(words),
      line,
      level,
      phase: this.#phase,
      testsFirst: TESTS_FIRST.test(words) ? line : undefined,
      lines: [],
    };
    this.#around.push(this.#section);
    this.draft.sections.push(this.#section);
  }

  #text(line: SourceLine): void {
    if (this.#section?.kind === "gate") this.#section.lines.push(line);
    const shape = readTaskLine(line);
    if (shape?.box && this.#isTask(line, shape)) return;
    if (CHECKPOINT.test(line.text) && this.#checkpoint(line)) return;
    if (this.#goesOn(line)) return;
    if (this.#note(line)) return;
    if (this.#detail(line)) return;
    if (this.#boxless(line, shape)) return;
    this.#open = [];
    if (this.#section?.kind === "tests" || (this.#phase && !this.#section)) this.#testsFirst(line);
  }

  #isTask(line: SourceLine, shape: TaskLine): boolean {
    this.#run = undefined;
    const legend = shape.box?.mark === "" && shape.id === undefined;
    if (legend) return false;
    const owner = this.#owner(shape.indent);
    const kind = this.#section?.kind;
    if (
      shape.id === undefined &&
      !owner &&
      (isAside(kind) || (!this.#phase && kind !== undefined && this.draft.phases.length > 0))
    ) {
      this.draft.criteria.push(this.#made(line, shape, "box"));
      return true;
    }
    this.#add(line, shape, "box");
    return true;
  }

  /** `- T005 Create …` without a box, where tasks are expected. */
  #boxless(line: SourceLine, shape: TaskLine | undefined): boolean {
    if (!shape || shape.box || shape.id === undefined || !shape.id.startsWith("T") || !this.#phase)
      return false;
    if (shape.also.length > 0 || !/^\p{Lu}/u.test(shape.text)) return false;
    if (isAside(this.#section?.kind)) return false;
    this.#add(line, shape, "bullet");
    return true;
  }

  #made(line: SourceLine, shape: TaskLine, kind: DraftTask["kind"]): DraftTask {
    const parent = kind === "heading" ? undefined : this.#owner(shape.indent);
    return {
      key: "",
      line,
      shape,
      kind,
      parent,
      phase: this.#phase,
      section: this.#section,
      details: [],
    };
  }

  #add(line: SourceLine, shape: TaskLine, kind: DraftTask["kind"]): void {
    const task = this.#made(line, shape, kind);
    if (kind !== "heading")
      while (
        (this.#open.at(-1)?.shape.indent ?? -1) >= shape.indent &&
        this.#open.at(-1)?.kind !== "heading"
      )
        this.#open.pop();
    this.#open.push(task);
    this.draft.tasks.push(task);
  }

  /** The open task that something at this indent belongs to. */
  #owner(indent: number): DraftTask | undefined {
    return this.#open.findLast(
      (task) => task.kind === "heading" || indent >= task.shape.indent + 2,
    );
  }

  #checkpoint(line: SourceLine): boolean {
    const found = CHECKPOINT.exec(line.text);
    if (!found || (this.#section && ["dependencies", "aside"].includes(this.#section.kind)))
      return false;
    const lines = [line];
    this.#open = [];
    this.draft.checkpoints.push({
      phase: this.#phase,
      lines,
      at: found[0].length,
      title: (found[1] ?? "").trim(),
    });
    this.#run = lines;
    this.#runIndent = 0;
    return true;
  }

  /** A line that goes on with the bullet or paragraph above. */
  #goesOn(line: SourceLine): boolean {
    if (
      !this.#run ||
      this.#blank ||
      BULLETED.test(line.text) ||
      line.text.trimStart().startsWith("|")
    )
      return false;
    if (/^\s{0,3}(?:\*\*|---|>)/.test(line.text) && indentOf(line.text) <= this.#runIndent)
      return false;
    this.#run.push(line);
    return true;
  }

  #note(line: SourceLine): boolean {
    const indent = indentOf(line.text);
    if (this.#section?.kind === "dependencies") {
      const row = line.text.trimStart().startsWith("|");
      this.#push({
        kind: row ? "row" : "text",
        lines: [line],
        indent,
        phase: this.#phase,
        section: this.#section,
      });
      return true;
    }
    if (!PHASE_NOTE.test(line.text) || this.#open.length > 0 || !this.#phase) return false;
    this.#push({ kind: "text", lines: [line], indent, phase: this.#phase, section: this.#section });
    return true;
  }

  #push(note: DraftNote): void {
    this.draft.notes.push(note);
    this.#run = note.kind === "text" ? note.lines : undefined;
    this.#runIndent = note.indent;
  }

  /** What belongs to an open task: what is indented below it, and what goes on with its paragraph. */
  #detail(line: SourceLine): boolean {
    const task = this.#open.at(-1);
    if (!task) return false;
    if (line.text.trim() === "") {
      if (task.details.length > 0) task.details.push(line);
      return true;
    }
    const lazy =
      !this.#blank && !BULLETED.test(line.text) && !/^\s{0,3}(?:---|>|\*\*|\|)/.test(line.text);
    const indent = indentOf(line.text);
    const owner = this.#owner(indent) ?? (lazy && indent > 0 ? task : undefined);
    if (!owner) return false;
    owner.details.push(line);
    return true;
  }

  #testsFirst(line: SourceLine): void {
    if (this.#section && !this.#section.testsFirst && TESTS_FIRST.test(line.text))
      this.#section.testsFirst = line;
  }

  #code(line: SourceLine): void {
    this.#run = undefined;
    if (this.#section?.kind === "gate") this.#section.lines.push(line);
    const shape = readTaskLine(line);
    if (shape?.box && shape.id !== undefined)
      this.draft.lookAlikes.push({ line, shape, why: "fence" });
    const indent = indentOf(line.text);
    const kind = line.language === "mermaid" ? "mermaid" : "diagram";
    if (kind === "mermaid" || this.#section?.kind === "dependencies") {
      const around = { phase: this.#phase, section: this.#section };
      if (line.language !== undefined)
        this.draft.notes.push({ kind, lines: [line], indent, ...around });
      return;
    }
    this.#owner(Math.max(indent, this.#open.at(-1)?.shape.indent ?? 0))?.details.push(line);
  }
}
