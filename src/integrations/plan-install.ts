import type { Change, Left, Look } from "./changes.ts";
import type { InstallRecord } from "./install-record.ts";
import { planHooks, planHooksRemoval } from "./plan-hooks.ts";
import { EXTENSIONS_FILE } from "./spec-kit.ts";
import type { TargetName } from "./targets.ts";
import type { WantedFile } from "./wanted-files.ts";

/** What to do, and what is left alone and why. */
export interface InstallPlan {
  readonly changes: readonly Change[];
  readonly left: readonly Left[];
  /** What to write down before the first change: whatever of them has been made, it can be taken back. */
  readonly ahead: InstallRecord;
  /** What is true when all changes have been made. */
  readonly after: InstallRecord;
}

export interface InstallRequest {
  readonly targets: readonly TargetName[];
  readonly wanted: readonly WantedFile[];
  /** Paths of files that stay as they are. */
  readonly kept: readonly string[];
  readonly record: InstallRecord;
  readonly look: Look;
  readonly digestOf: (text: string) => string;
}

/**
 * Bring what is installed to what is wanted. A file that is not ours is never touched, nor one of ours that was changed
 * since; ours that is as it was installed is brought up to date, or taken away where it is not wanted any more.
 */
export function planInstall(request: InstallRequest): InstallPlan {
  const { targets, wanted, kept, record, look, digestOf } = request;
  const plan = new Draft(record, look);
  for (const path of kept) plan.keep(path);
  for (const { path, content } of wanted) plan.place(path, content, digestOf(content));
  plan.removeOthers();
  const hooks = targets.includes("spec-kit")
    ? planHooks({ look, record: record.hooks, digestOf })
    : planHooksRemoval({ look, record: record.hooks });
  return plan.finish(targets, hooks);
}

/** Take away what is recorded, but for the files of the targets that stay. */
export function planRemoval(
  request: Omit<InstallRequest, "digestOf"> & { readonly keepHooks: boolean },
): InstallPlan {
  const { targets, wanted, kept, record, look, keepHooks } = request;
  const plan = new Draft(record, look);
  for (const path of [...kept, ...wanted.map((file) => file.path)]) plan.keep(path);
  plan.removeOthers("Remove it yourself if you don't want it.");
  return plan.finish(
    targets,
    keepHooks
      ? { ...(record.hooks && { record: record.hooks }) }
      : planHooksRemoval({ look, record: record.hooks }),
  );
}

class Draft {
  readonly #record: InstallRecord;
  readonly #look: Look;
  readonly #changes: Change[] = [];
  readonly #left: Left[] = [];
  readonly #ahead = new Map<string, string[]>();
  readonly #after = new Map<string, string[]>();
  readonly #folders: Set<string>;
  readonly #done = new Set<string>();

  constructor(record: InstallRecord, look: Look) {
    this.#record = record;
    this.#look = look;
    this.#folders = new Set(record.folders);
  }

  /** Have this content there. */
  place(asked: string, content: string, digest: string): void {
    const seen = this.#look(asked);
    if (this.#done.has(seen.path)) return;
    this.#done.add(seen.path);
    const own = this.#record.files[seen.path];
    if (own) this.#keep(seen.path, own);
    if (seen.kind === "blocked") {
      this.#leave(asked, seen.why, "Make room for it, then run `wavegate init` again.");
    } else if (seen.kind === "missing") {
      this.#changes.push({ kind: "create", path: seen.path, content });
      for (const folder of seen.folders) this.#folders.add(folder);
      this.#keep(seen.path, [digest]);
    } else if (seen.digest === digest) {
      if (own) this.#keep(seen.path, [digest]);
    } else if (!own) {
      this.#leave(
        asked,
        "another file of this name is there",
        "Rename it, then run `wavegate init` again.",
      );
    } else if (own.includes(seen.digest)) {
      this.#changes.push({ kind: "update", path: seen.path, content, expected: seen.digest });
      this.#keep(seen.path, [digest], own);
    } else {
      this.#leave(
        asked,
        "it was changed since it was installed",
        "Remove it and run `wavegate init` again to get Wavegate's.",
      );
    }
  }

  /** Leave what is there, and go on knowing it. */
  keep(asked: string): void {
    const { path } = this.#look(asked);
    const own = this.#record.files[path];
    this.#done.add(path);
    if (own) this.#keep(path, own);
  }

  /** Take away what is recorded and was not spoken of. */
  removeOthers(hint = "Wavegate has no use for it any more: remove it if you have none."): void {
    for (const [path, own] of Object.entries(this.#record.files)) {
      if (this.#done.has(path)) continue;
      const seen = this.#look(path);
      this.#ahead.set(path, own);
      if (seen.kind === "missing") continue;
      if (seen.kind === "file" && own.includes(seen.digest))
        this.#changes.push({ kind: "remove", path, expected: seen.digest });
      else
        this.#leave(
          path,
          seen.kind === "blocked" ? seen.why : "it was changed since it was installed",
          hint,
        );
    }
  }

  finish(targets: readonly TargetName[], hooks: ReturnType<typeof planHooks>): InstallPlan {
    const { change, left, record } = hooks;
    if (change) this.#changes.push(change);
    if (left) this.#left.push(left);
    if (change?.kind === "create") {
      const seen = this.#look(EXTENSIONS_FILE);
      if (seen.kind === "missing") for (const folder of seen.folders) this.#folders.add(folder);
    }
    const folders = [...this.#folders].toSorted();
    const aheadHooks = record ?? this.#record.hooks;
    const both = [...new Set([...this.#record.targets, ...targets])];
    return {
      changes: this.#changes,
      left: this.#left,
      ahead: {
        format: 1,
        targets: both,
        files: Object.fromEntries(this.#ahead),
        folders,
        ...(aheadHooks && { hooks: aheadHooks }),
      },
      after: {
        format: 1,
        targets: [...targets],
        files: Object.fromEntries(this.#after),
        folders,
        ...(record && { hooks: record }),
      },
    };
  }

  #keep(path: string, digests: readonly string[], before: readonly string[] = []): void {
    this.#ahead.set(path, [...new Set([...digests, ...before])]);
    this.#after.set(path, [...digests]);
  }

  #leave(path: string, reason: string, hint: string): void {
    this.#left.push({ path, reason, hint });
  }
}
