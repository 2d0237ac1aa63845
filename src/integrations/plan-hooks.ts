import type { Change, Left, Look, Seen } from "./changes.ts";
import { EMPTY_FILE, registerHooks, type Entries } from "./extensions-file.ts";
import type { HooksRecord } from "./install-record.ts";
import { EXTENSIONS_FILE, HOOKS } from "./spec-kit.ts";
import { applyEdits, revertEdits } from "./text-edit.ts";
import { unregisterHooks } from "./unregister-hooks.ts";

interface HooksPlan {
  readonly change?: Change;
  readonly left?: Left;
  /** As it is with the change made. */
  readonly record?: HooksRecord;
}

interface Around {
  readonly look: Look;
  readonly record: HooksRecord | undefined;
  readonly digestOf: (text: string) => string;
}

const untouched = (path: string, why: string, hint: string): Left => ({
  path,
  reason: `it is not edited: ${why}`,
  hint,
});

const notAdded = (why: string): Left =>
  untouched(
    EXTENSIONS_FILE,
    why,
    "Mend it and run `wavegate init` again, or add the hooks of .specify/extensions/wavegate/extension.yml to it by hand.",
  );

const notRemoved = (path: string, why: string): Left =>
  untouched(path, why, "Remove the entries of `wavegate` from it by hand.");

/** Register the hooks in Spec Kit's file; entries that are there already stay as they are. */
export function planHooks({ look, record, digestOf }: Around): HooksPlan {
  const seen = look(EXTENSIONS_FILE);
  if (seen.kind === "blocked") return { left: notAdded(seen.why), ...kept(record) };
  if (seen.kind === "missing") return created(seen.path, digestOf);
  const { path, text } = seen;
  if (text === undefined) return { left: notAdded("it is not UTF-8 text"), ...kept(record) };

  const before = record && asBefore(record, seen);
  const registered = registerHooks(before ?? text, HOOKS);
  if (!registered.ok) return { left: notAdded(registered.error), ...kept(record) };
  const { edits, added } = registered.value;
  const content = applyEdits(before ?? text, edits);
  if (content === text) return kept(record);
  const change = { kind: "update", path, content, expected: seen.digest } as const;
  const exact = record === undefined || before !== undefined;
  return {
    change,
    record: {
      path,
      created: record?.created ?? false,
      // Entries from different times can't be taken back by their places.
      digest: exact ? digestOf(content) : "",
      edits: exact ? [...edits] : [],
      entries: union(record?.entries, added),
    },
  };
}

const kept = (record: HooksRecord | undefined) => (record ? { record } : {});

/** The file as it was before the entries were put in, if nobody changed it since. */
function asBefore(record: HooksRecord, seen: Seen & { kind: "file" }): string | undefined {
  if (seen.digest !== record.digest || seen.text === undefined) return undefined;
  return record.created ? EMPTY_FILE : revertEdits(seen.text, record.edits);
}

function created(path: string, digestOf: (text: string) => string): HooksPlan {
  const registered = registerHooks(EMPTY_FILE, HOOKS);
  if (!registered.ok) throw new Error(registered.error);
  const { edits, added } = registered.value;
  const content = applyEdits(EMPTY_FILE, edits);
  const entries = { installed: added.installed, events: [...added.events] };
  return {
    change: { kind: "create", path, content },
    record: { path, created: true, digest: digestOf(content), edits: [], entries },
  };
}

const union = (one: Entries | undefined, other: Entries) => ({
  installed: (one?.installed ?? false) || other.installed,
  events: [...new Set([...(one?.events ?? []), ...other.events])],
});

/** Take the hooks out again: byte for byte where nobody changed the file since, else entry for entry. */
export function planHooksRemoval({ look, record }: Omit<Around, "digestOf">): HooksPlan {
  if (!record) return {};
  const seen = look(record.path);
  if (seen.kind === "missing") return {};
  if (seen.kind === "blocked") return { left: notRemoved(record.path, seen.why) };
  const { path, digest: expected, text } = seen;
  if (record.created && expected === record.digest)
    return { change: { kind: "remove", path, expected } };
  if (text === undefined) return { left: notRemoved(path, "it is not UTF-8 text") };
  const before = asBefore(record, seen);
  const without = before ?? unregisterHooks(text, record.entries);
  if (typeof without === "string")
    return { change: { kind: "update", path, content: without, expected } };
  if (!without.ok) return { left: notRemoved(path, without.error) };
  if (without.value === text) return {};
  if (record.created && without.value === EMPTY_FILE)
    return { change: { kind: "remove", path, expected } };
  return { change: { kind: "update", path, content: without.value, expected } };
}
