import path from "node:path";
import { withFileLock } from "../shared/file-lock.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitsOf, setRef } from "../shared/git/own-git.ts";
import { runGit } from "../shared/git/run-git.ts";
import { baseRef } from "../shared/git/safe-refs.ts";
import { WorkspaceError } from "./failure.ts";
import { LOCK_TIMES } from "./lock-times.ts";
import { allEntries, type Entry, type Layout } from "./registry.ts";

interface Bases {
  readonly repository: UserRepository;
  readonly layout: Layout;
}

/** The user's git must not tidy a base away while clones borrow its objects. The workspace is in the registry by now. */
export async function holdBase({ repository, layout }: Bases, base: string): Promise<void> {
  if (!/^[0-9a-f]{40,64}$/.test(base)) throw noCommit(base);
  await withFileLock(
    path.join(layout.locks, "bases"),
    async () => {
      const [commit, held] = await commitsOf(repository, [base, baseRef(base)]);
      if (commit !== base) throw noCommit(base);
      if (held === undefined) await setRef(repository, baseRef(base), base);
    },
    LOCK_TIMES,
  );
}

const noCommit = (base: string): WorkspaceError =>
  new WorkspaceError("git-failed", `${base} is no commit of the repository.`);

/** Once no workspace but this one works from its base. Results have it as their parent. */
export async function releaseBase(
  { repository, layout }: Bases,
  { id, base }: Pick<Entry, "id" | "base">,
): Promise<void> {
  await withFileLock(
    path.join(layout.locks, "bases"),
    async () => {
      const others = (await allEntries(layout)).filter((entry) => entry.id !== id);
      if (others.some((entry) => entry.base === base)) return;
      const args = ["update-ref", "-d", baseRef(base), base];
      await runGit({ gitDir: repository.commonDir, args });
    },
    LOCK_TIMES,
  );
}
