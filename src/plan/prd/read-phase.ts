import { stateOfMark } from "../box-states.ts";
import { fieldKind, fieldsIn, type Field, type FieldKind } from "./fields.ts";
import type { PhaseBlock } from "./find-phases.ts";
import { placeIn, type PlacedLine } from "./outline.ts";
import type { CriteriaDraft, PhaseDraft, TaskDraft, Words } from "./phase-draft.ts";
import { taskShape, wordsOf, type LineShape } from "./task-shape.ts";

const HEADING = /^ {0,3}#{1,6}[ \t]{1,20}(?:\*\*)?(.{0,1000}?)(?:\*\*)?[\s#:]*$/;
const TASK_HEADING = /^(?:sub-?)?task\s/i;
const NUMBERED = /^(\d{1,4})[.)]\s{1,8}(.{1,1000})$/;

/** Read the body of a phase: fields, tasks in all their forms, criteria. Nothing is resolved here. Linear. */
export function readPhase(block: PhaseBlock): PhaseDraft {
  const reader = new PhaseReader(block);
  for (let index = block.start; index < block.end; index++) {
    const line = block.outline.lines[index];
    if (line) reader.line(line);
  }
  return reader.draft;
}

class PhaseReader {
  readonly draft: PhaseDraft;
  readonly #block: PhaseBlock;
  /** The field or heading that lines stand under; undefined before the first. */
  #field: FieldKind | undefined;
  #title = "";
  /** The task that lines belong to, and the headings' task that they are in. */
  #task: TaskDraft | undefined;
  #section: TaskDraft | undefined;
  #criteria: CriteriaDraft | undefined;
  /** The form of the first list item under Tasks: others of lesser rank are its details. */
  #form: TaskDraft["form"] | undefined;

  constructor(block: PhaseBlock) {
    this.#block = block;
    this.draft = {
      block,
      tasks: [],
      deliverables: [],
      criteria: [],
      dependencies: [],
      saysDependencies: false,
      bulleted: false,
      strategy: [],
      outputs: [],
      goal: undefined,
      effort: undefined,
    };
  }

  line(line: PlacedLine): void {
    if (line.kind === "code") return this.#detail(line);
    if (line.kind !== "text" || line.text.trim() === "") return;
    const heading = HEADING.exec(line.text)?.[1];
    if (heading !== undefined) return this.#heading(line, heading.trim());
    const fields = fieldsIn(line.text);
    const [first] = fields;
    if (first && this.#isField(first, line)) return this.#fields(line, fields);
    const shape = taskShape(line.text);
    if (shape) return this.#item(line, shape);
    this.#prose(line);
  }

  #heading(line: PlacedLine, text: string): void {
    const at = Math.max(0, line.text.indexOf(text));
    const numbered = NUMBERED.exec(text);
    const inList = this.#field === "tasks" || this.#field === "deliverables";
    if (TASK_HEADING.test(text)) {
      const words = wordsOf(text, false);
      return this.#startSection(this.#make({ line, at, ...words, form: "heading" }));
    }
    if (numbered && inList) {
      const id = `${this.#block.number}.${numbered[1]}`;
      const words = wordsOf(numbered[2] ?? "", false);
      return this.#startSection(
        this.#make({ line, at, ...words, id: words.id ?? id, form: "numbered" }),
      );
    }
    const [name = "", value = ""] = text.split(/:\s{0,8}(.*)/s);
    this.#section = undefined;
    this.#open(fieldKind(name), name, { text: value, line, at: at + text.length - value.length });
  }

  #startSection(task: TaskDraft): void {
    this.draft.tasks.push(task);
    this.#task = task;
    this.#section = task;
    this.#criteria = undefined;
    if (this.#field !== "deliverables") this.#field = "tasks";
  }

  /** Whether bold words with a colon are a field of the phase or its section, and not a bold beginning of an item. */
  #isField(field: Field, line: PlacedLine): boolean {
    if (!field.bullet) return /^\s{0,3}\S/.test(line.text);
    return false;
  }

  #fields(line: PlacedLine, fields: readonly Field[]): void {
    for (const field of fields) {
      const words = { text: field.value, line, at: field.at };
      if (this.#section) this.#taskField(this.#section, field, words);
      else this.#open(field.kind, field.name, words);
    }
  }

  /** A field of a task that is a heading: `**File:** …`. */
  #taskField(task: TaskDraft, field: Field, words: Words): void {
    if (field.kind === "dependencies") task.needs.push(words);
    else if (field.kind === "estimate")
      task.effort = { ...words, text: `${field.name}: ${words.text}` };
    else if (field.kind === "outputs") declareFiles(task, words);
    this.#criteria =
      field.kind === "criteria"
        ? { title: field.name, line: words.line, at: field.start, criteria: task.criteria }
        : undefined;
    this.#detail(words.line);
  }

  #open(kind: FieldKind, name: string, words: Words): void {
    this.#field = kind;
    this.#title = name.trim();
    this.#task = undefined;
    this.#criteria = undefined;
    this.#form = undefined;
    const value = words.text.trim();
    if (kind === "dependencies") {
      this.draft.saysDependencies = true;
      if (value !== "") this.draft.dependencies.push(words);
    } else if (kind === "goal" && value !== "") this.draft.goal ??= value;
    else if (kind === "estimate" && value !== "")
      this.draft.effort ??= { ...words, text: `${name}: ${words.text}` };
    else if (kind === "outputs" && value !== "") this.draft.outputs.push(words);
    else if (kind === "criteria" && value !== "")
      this.#criterion(words.line, words.at, value, undefined);
  }

  #item(line: PlacedLine, shape: LineShape): void {
    const [field] = fieldsIn(line.text);
    if (shape.mark && (shape.id !== undefined || this.#takesBox())) return this.#box(line, shape);
    if (shape.mark && this.#criteria && this.#section)
      return this.#criterion(line, shape.bulletAt, shape.text, shape);
    if (this.#field === "criteria" && (shape.mark || shape.indent < 2))
      return this.#criterion(line, shape.bulletAt, shape.text, shape);
    if (this.#task && field?.kind === "dependencies")
      return void this.#task.needs.push({ text: field.value, line, at: field.at });
    if (this.#task && field?.kind === "outputs")
      declareFiles(this.#task, { text: field.value, line, at: field.at });
    if (this.#listed(line, shape)) return;
    this.#prose(line);
  }

  #takesBox(): boolean {
    if (this.#section) return this.#criteria === undefined;
    return (
      this.#field === undefined ||
      this.#field === "tasks" ||
      this.#field === "deliverables" ||
      this.#field === "goal"
    );
  }

  #box(line: PlacedLine, shape: LineShape): void {
    const list =
      this.#field === "deliverables" && !this.#section && shape.id === undefined
        ? this.draft.deliverables
        : this.draft.tasks;
    const parent = this.#parentOf(shape);
    const task = this.#make({ line, at: shape.bulletAt, ...shape, form: "box", parent });
    list.push(task);
    this.#task = task;
    this.#form = "box";
  }

  /** The task whose part a box is: the one it is indented under, or the heading it stands under. */
  #parentOf(shape: LineShape): TaskDraft | undefined {
    for (let above = this.#task; above; above = above.parent)
      if (above.form !== "heading" && above !== this.#section && shape.indent >= above.indent + 2)
        return above;
    return shape.id === undefined ? this.#section : undefined;
  }

  /** Items of the list under Tasks that have no box. */
  #listed(line: PlacedLine, shape: LineShape): boolean {
    if (this.#field !== "tasks" || this.#section || shape.indent > 3 || shape.mark) return false;
    const form = shape.number === undefined ? "bullet" : "numbered";
    if (this.#form !== undefined && this.#form !== form) return false;
    const id =
      shape.id ?? (form === "numbered" ? `${this.#block.number}.${shape.number}` : undefined);
    const task = this.#make({ line, at: shape.bulletAt, ...shape, id, form });
    this.draft.tasks.push(task);
    this.#task = task;
    this.#form = form;
    return true;
  }

  #criterion(line: PlacedLine, at: number, text: string, shape: LineShape | undefined): void {
    if (!this.#criteria) {
      this.#criteria = { title: this.#title || "Criteria", line, at, criteria: [] };
      this.draft.criteria.push(this.#criteria);
    }
    const mark = shape?.mark;
    this.#criteria.criteria.push({
      text,
      box: mark && {
        mark: mark.char,
        state: stateOfMark("prd", mark.char) ?? "open",
        offset: line.start + mark.at,
      },
      place: placeIn(line, at),
    });
  }

  #prose(line: PlacedLine): void {
    const text = line.text.trim();
    const words = { text: line.text, line, at: 0 };
    if (this.#field === "dependencies" && !this.#task) {
      this.draft.dependencies.push(words);
      this.draft.bulleted = true;
    } else if (this.#field === "strategy") this.draft.strategy.push(words);
    else if ((this.#field === "outputs" || this.#field === "deliverables") && !this.#task)
      this.draft.outputs.push(words);
    else if (this.#field === "goal" && !this.#task)
      this.draft.goal ??= text.replace(/^[-*+]\s+/, "");
    this.#detail(line);
  }

  #detail(line: PlacedLine): void {
    this.#task?.details.push({ line: line.number, text: line.text });
  }

  #make(
    of: Pick<TaskDraft, "line" | "at" | "id" | "text" | "parallel" | "labels" | "form"> &
      Partial<Pick<TaskDraft, "mark" | "parent" | "indent">>,
  ): TaskDraft {
    const { line, at, id, text, parallel, labels, form, mark, parent, indent = 0 } = of;
    return {
      line,
      at,
      id,
      text,
      parallel,
      labels,
      form,
      mark,
      parent,
      indent,
      details: [],
      files: [],
      needs: [],
      criteria: [],
      effort: undefined,
    };
  }
}

const CODE = /`([^`\s]{1,300})`/g;

/** Paths in code marks of a field for files: written to, for the task makes or changes them. */
export function declareFiles(task: TaskDraft, { text, line, at }: Words): void {
  for (const match of text.matchAll(CODE)) {
    const path = match[1] ?? "";
    if (/[./]/.test(path) && !/[()=]/.test(path))
      task.files.push({
        path,
        access: "write",
        place: placeIn(line, at + match.index + 1),
      });
  }
}
