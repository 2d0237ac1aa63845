import { placeOn, readLines } from "../../core/markdown/source-lines.ts";
import type { FilePlace } from "../../core/place.ts";
import type { Box, PlanDiagnostic, PlanText } from "../model.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { boxOf } from "./make-tasks.ts";
import { plainTitle } from "./phase-heading.ts";
import { readTaskLine } from "./task-line.ts";

/** A checklist of a feature, `checklists/*.md`: `/speckit.implement` asks before it goes on while a box is open. */
export interface Checklist {
  readonly file: string;
  readonly title: string;
  readonly items: readonly ChecklistItem[];
  /** Keys of items whose box is open: they hold the implementation up. */
  readonly open: readonly string[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

export interface ChecklistItem {
  /** `CHK001`, or the line, `L12`; with `#2`, … for further items of that id. */
  readonly key: string;
  readonly id: string | undefined;
  readonly text: string;
  /** The heading it stands under. */
  readonly section: string;
  /** `[Completeness, Spec §FR-001]`, without brackets. */
  readonly tags: readonly string[];
  readonly box: Box;
  readonly place: FilePlace;
}

const ID = /^[*_`]{0,3}(CHK\d{1,6}[a-z]?)[*_`]{0,3}\s{0,4}[:.–—-]?\s{1,8}/i;
const TAG = /\[([^\][\n]{1,200})\](?!\()/g;
const HEADING = /^ {0,3}(#{1,6})\s{1,20}(\S.{0,400})$/;

/** Read a checklist. Boxes in code blocks and comments are examples. Linear; never throws. */
export function readChecklist({ file, text }: PlanText): Checklist {
  const keys = new UniqueKeys();
  const items: ChecklistItem[] = [];
  let title = "";
  let section = "";
  for (const line of readLines(text)) {
    if (line.kind !== "text") continue;
    const [, level = "", words = ""] = HEADING.exec(line.text) ?? [];
    if (level === "#" && title === "")
      title = plainTitle(words).replace(/\s{0,4}checklist\s{0,4}:\s{0,4}/i, " checklist: ");
    else if (level !== "") section = plainTitle(words);
    const shape = readTaskLine(line);
    const box = shape && boxOf(line, shape);
    if (!shape || !box) continue;
    const rest = line.text.slice(line.text.indexOf("]", shape.box?.at) + 1).trim();
    const id = ID.exec(rest)?.[1]?.toUpperCase();
    const said = rest.replace(ID, "");
    items.push({
      key: keys.take(id ?? `L${line.number}`),
      id,
      text: said,
      section,
      tags: [...said.matchAll(TAG)].map(([, tag = ""]) => tag),
      box,
      place: { file, ...placeOn(line, shape.bulletAt) },
    });
  }
  const open = items
    .filter(({ box }) => box.state !== "done" && box.state !== "skipped")
    .map(({ key }) => key);
  return { file, title, items, open, diagnostics: items.length > 0 ? [] : [empty(file)] };
}

const empty = (file: string): PlanDiagnostic => ({
  code: "PLAN_CHECKLIST_EMPTY",
  severity: "warning",
  message: "there is no box in this checklist, so it can hold nothing up",
  place: { file, line: 1, column: 1 },
  hint: "Write its items as `- [ ] CHK001 …`, or remove the file.",
});
