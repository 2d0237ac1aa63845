import { oneLine } from "../../core/text.ts";
import type { ChecklistStanding } from "../../plan/answers/checklists-answer.ts";

/** Checklists named. */
const MOST = 3;

/** `3 of 16 boxes open in ux.md, 1 of 4 in api.md`; undefined where no box is open. */
export function openBoxesText(checklists: readonly ChecklistStanding[]): string | undefined {
  const left = checklists.filter(({ open }) => open.length > 0);
  if (left.length === 0) return undefined;
  const named = left.slice(0, MOST).map(({ file, items, open }, at) => {
    const boxes = at === 0 ? (items === 1 ? " box open" : " boxes open") : "";
    return `${open.length} of ${items}${boxes} in ${oneLine(file.replace(/^.*\//, ""), 60)}`;
  });
  const more = left.length - named.length;
  return named.join(", ") + (more > 0 ? ` and in ${more} more` : "");
}
