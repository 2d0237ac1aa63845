import { tidy } from "../../core/markdown/folded.ts";
import { oneLine } from "../../core/text.ts";
import type { BoxLine } from "../annotations/box-line.ts";
import { stateOfMark } from "../box-states.ts";
import type { Box } from "../model.ts";
import type { DraftTask } from "./drafts.ts";
import { compareTask, originalSeesTask } from "./original-view.ts";
import { problem } from "./problems.ts";
import { lineAt, ownerOf, type Scan } from "./scan-state.ts";
import { openVerification } from "./scan-verification.ts";
import { offsetOf, placeIn, rawOf } from "./source.ts";
import { readTaskId, type ReadId } from "./task-id.ts";

/** A box at a line, with what is known of it. */
interface FoundBox {
  readonly index: number;
  readonly line: BoxLine;
  readonly id: ReadId;
  readonly box: Box | undefined;
  readonly owner: DraftTask | undefined;
}

/** Read a line with a box: a task, or what must hold. False if it is none after all, as `- [P] = parallel`. */
export function readBox(scan: Scan, index: number, line: BoxLine): boolean {
  const source = lineAt(scan, index);
  const id = readTaskId(source.text, line.textAt, scan.source.series);
  const state = stateOfMark("plan-file", line.mark);
  if (state === undefined && id.id === undefined) return false;
  if (state === undefined && line.mark !== "") {
    const place = placeIn(scan.source, source, line.markAt);
    scan.drafts.problems.push(
      problem(
        "PLAN_BOX_UNKNOWN",
        place,
        `Nobody knows what [${oneLine(line.mark, 2)}] says of ${oneLine(id.id ?? "", 40)}; it counts as open.`,
      ),
    );
  }
  const offset = offsetOf(scan.source, source, line.markAt);
  const box = line.mark === "" ? undefined : { mark: line.mark, state: state ?? "open", offset };
  const found = { index, line, id, box, owner: ownerOf(scan, line.indent) };
  scan.note = undefined;
  if (isTask(scan, found)) addTask(scan, found);
  else addCriterion(scan, found);
  return true;
}

/** Whether a box is a task: not below a verification or success criteria, unless it has the number of a task of the phase. */
function isTask(scan: Scan, { id, owner }: FoundBox): boolean {
  if (scan.criteria === "heading" && !scan.phase) return false;
  if (scan.verification && !owner && (scan.phase || scan.criteria)) return isOfPhase(scan, id);
  if (scan.phase || owner || id.id !== undefined) return true;
  return !scan.source.structured;
}

/** `1.8` below the verification of phase 1; also `VERIFY 1`. */
function isOfPhase({ phase }: Scan, { id, verifies }: ReadId): boolean {
  if (!phase || id === undefined) return false;
  if (verifies) return true;
  const [major = ""] = id.split(".");
  return id.includes(".")
    ? major === phase.number || id.startsWith(`${phase.number}.`)
    : /^[A-Z]/.test(id);
}

function addCriterion(scan: Scan, { index, line, box }: FoundBox): void {
  const source = lineAt(scan, index);
  const heading = scan.heading ?? { title: "", index };
  const verification =
    scan.verification ??
    openVerification(scan, heading.index, {
      subject: undefined,
      blocking: false,
      at: 0,
      ofPlan: true,
    });
  const place = placeIn(scan.source, source, line.bulletAt);
  verification.criteria.push({ text: tidy(source.text.slice(line.textAt)), box, place });
  if (originalSeesTask(rawOf(scan.source, index))) {
    scan.drafts.problems.push(
      problem(
        "PLAN_CRITERION_WITH_ID",
        place,
        "This criterion begins like a task; the original takes it for one.",
      ),
    );
  }
}

function addTask(scan: Scan, found: FoundBox): void {
  const { index, line, id, box, owner } = found;
  const source = lineAt(scan, index);
  const { phase, drafts } = scan;
  const key = scan.taskKeys.take(id.id ?? `L${source.number}`);
  const { labels, end } = labelsAt(source.text, id.end);
  const words = source.text.slice(end);
  const task: DraftTask = {
    key,
    id: id.id,
    line: source,
    box,
    text: tidy(id.bold ? words.replace("**", "") : words),
    textAt: end,
    details: [],
    phase,
    parent: owner ?? parentById(scan, id.id),
    verifies: checks(scan, found, labels),
    subject: id.subject ?? (owner ? undefined : scan.verification?.subject),
    labels,
  };
  drafts.tasks.push(task);
  scan.open.push({ indent: line.indent, task });
  const name = idName(scan, id.id);
  if (name !== undefined && !scan.byId.has(name)) scan.byId.set(name, task);
  tellTask(scan, found, task);
}

/** Whether a task only checks: `VERIFY 1`, `[VERIFY]`, or below a verification. Outside of phases "VERIFY sections are short" is prose. */
const checks = (
  { phase, verification }: Scan,
  { id, owner }: FoundBox,
  labels: readonly string[],
): boolean =>
  (id.verifies && (id.id !== undefined || phase !== undefined)) ||
  (verification !== undefined && !owner) ||
  labels.some((label) => /^VERIFY\b/.test(label));

function tellTask(scan: Scan, { index, line, id }: FoundBox, task: DraftTask): void {
  const { problems, phases } = scan.drafts;
  const raw = rawOf(scan.source, index);
  const place = placeIn(scan.source, task.line, line.bulletAt);
  const difference = compareTask(raw, line, id, place);
  if (difference) problems.push(difference);
  if (task.id !== undefined && task.key !== task.id) {
    problems.push(
      problem(
        "PLAN_DUPLICATE_ID",
        place,
        `There is a task ${oneLine(task.id, 40)} above; this one is called ${oneLine(task.key, 44)}.`,
      ),
    );
  }
  if (!task.phase && phases.length > 0 && originalSeesTask(raw)) {
    problems.push(
      problem(
        "PLAN_TASK_OUTSIDE_PHASE",
        place,
        `Task ${oneLine(task.id ?? "", 40)} stands outside of phases; the original counts it to the phase above.`,
      ),
    );
  }
}

const idName = ({ phase }: Scan, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `${phase?.key ?? ""} ${id}`;

/** `1.2.3` at the margin is a part of task 1.2, if that is above in the same phase. */
function parentById(scan: Scan, id = ""): DraftTask | undefined {
  if (!/^\d+\.\d+\.\d/.test(id)) return undefined;
  const name = idName(scan, id.slice(0, id.lastIndexOf(".")));
  return name === undefined ? undefined : scan.byId.get(name);
}

const LABEL = /\[([^\][]{1,40})\](?!\()[\s\u00A0]{0,8}/uy;

function labelsAt(
  text: string,
  from: number,
): { readonly labels: readonly string[]; readonly end: number } {
  const labels: string[] = [];
  let end = from;
  for (let count = 0; count < 8; count++) {
    LABEL.lastIndex = end;
    const match = LABEL.exec(text);
    if (!match) break;
    labels.push((match[1] ?? "").trim());
    end += match[0].length;
  }
  return { labels, end };
}
