/** A change of a text at an offset of the text before. Of several, each is at or behind the end of the one before. */
export interface TextEdit {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The text with the edits in it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let done = 0;
  let result = "";
  for (const { at, removed, inserted } of edits) {
    result += text.slice(done, at) + inserted;
    done = at + removed.length;
  }
  return result + text.slice(done);
}

/** The text as it was before the edits; undefined if they are not in it. */
export function revertEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  let moved = 0;
  const back = edits.map(({ at, removed, inserted }) => {
    const edit = { at: at + moved, removed: inserted, inserted: removed };
    moved += inserted.length - removed.length;
    return edit;
  });
  const there = back.every(({ at, removed }) => text.startsWith(removed, at));
  return there ? applyEdits(text, back) : undefined;
}
