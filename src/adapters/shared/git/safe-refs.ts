import { createHash } from "node:crypto";

/** What a part of a ref or folder name of ours may be (RELIABILITY D5). */
export const SAFE_NAME = /^[a-z0-9][a-z0-9._-]{0,60}$/;

/** Refs of ours that are no run's. */
const RESERVED: ReadonlySet<string> = new Set(["bases", "fetched", "kept", "landing", "rescue"]);
const STEM = 40;
/** 64 bits: names that were changed stay apart. */
const SUFFIX = 16;

/**
 * A name for refs and folders: the text itself where it is safe, else what is left of it with a part of its digest, so that
 * different texts have different names. Total, and the same for the same text.
 */
export function safeName(text: string): string {
  if (isPlain(text)) return text;
  const stem = text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, STEM)
    .replace(/^-+|-+$/g, "");
  const digest = createHash("sha256").update(text, "utf16le").digest("hex").slice(0, SUFFIX);
  return `${stem === "" ? "x" : stem}-${digest}`;
}

/** Whatever git and file systems take, and no text that another one is changed into. */
const isPlain = (text: string): boolean =>
  SAFE_NAME.test(text) &&
  !text.includes("..") &&
  !/\.(?:lock)?$/.test(text) &&
  !/-[0-9a-f]{16}$/.test(text) &&
  !RESERVED.has(text);

/** Where the result of a task is. */
export const resultRef = (runId: string, task: string): string =>
  `refs/wavegate/${safeName(runId)}/${safeName(task)}`;

/** Keeps a commit that tasks work from, so that the user's git does not tidy it away meanwhile. */
export const baseRef = (commit: string): string => `refs/wavegate/bases/${commit}`;

/** Holds a commit that came from another machine. */
export const keptRef = (commit: string): string => `refs/wavegate/kept/${commit}`;

/** Where work is saved that no other ref holds. */
export const rescueRef = (runId: string, task: string, commit: string): string =>
  `refs/wavegate/rescue/${safeName(runId)}/${safeName(task)}/${commit.slice(0, 16)}`;

/** The commit that a run's results are landed on, and the last one that was tried. */
export const headRef = (runId: string): string => `refs/wavegate/landing/${safeName(runId)}/head`;
export const triedRef = (runId: string): string => `refs/wavegate/landing/${safeName(runId)}/tried`;

/** A commit that the run's head was on, for whoever wants to go back to it. */
export const pointRef = (runId: string, name: string): string =>
  `refs/wavegate/landing/${safeName(runId)}/points/${safeName(name)}`;

/** The branch on which people see what a run landed. */
export const runBranch = (runId: string): string => `refs/heads/wavegate/${safeName(runId)}`;
