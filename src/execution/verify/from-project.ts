/** Where a working copy lies: `folder` is the clone, `project` the same or a folder in it, both absolute. */
interface Clone {
  readonly folder: string;
  readonly project: string;
}

/**
 * A text with the paths of a clone as they are from its project on: the clone is gone when people read it, and its own path is long. `file://` before
 * one goes, too. Linear.
 */
export function fromProject(text: string, { folder, project }: Clone): string {
  const deeper = project.slice(folder.length).split(/[/\\]/).filter(Boolean).length;
  const inside = without(text, project, "");
  return deeper === 0 ? inside : without(inside, folder, "../".repeat(deeper));
}

function without(text: string, folder: string, instead: string): string {
  const named = leftOut(text, folder, instead);
  const asUrl = encodeURI(folder);
  return asUrl === folder ? named : leftOut(named, asUrl, instead);
}

/** Not of a name that only begins like the folder's. */
function leftOut(text: string, folder: string, instead: string): string {
  const parts = text.split(folder);
  return parts
    .map((part, index) => {
      const after = index === 0 ? part : replaced(part, folder, instead);
      return index < parts.length - 1 ? after.replace(/file:\/\/$/, "") : after;
    })
    .join("");
}

function replaced(part: string, folder: string, instead: string): string {
  if (/^[/\\]/.test(part)) return instead + part.slice(1);
  if (/^(?:[\w-]|\.\w)/.test(part)) return folder + part;
  return (instead.slice(0, -1) || ".") + part;
}
