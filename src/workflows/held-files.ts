import { sameButBoxes } from "../plan/edits/same-but-boxes.ts";
import type { StagePorts } from "./stage-ports.ts";
import type { HeldFile } from "./stage-run.ts";

/** A held file that is not what it was; `now` is null where it is gone. */
export type Changed = { readonly path: string; readonly was: string; readonly now: string | null };

/** Which of these files are not what they were. Task boxes may be ticked off where the file says so. */
export async function changedAmong(
  { files, artifacts }: Pick<StagePorts, "files" | "artifacts">,
  held: readonly HeldFile[],
): Promise<readonly Changed[]> {
  const changed = await Promise.all(
    held.map(async ({ path, digest, boxes }) => {
      const now = await files.read(path);
      if (now?.digest === digest) return [];
      const was = now && boxes ? await artifacts.get(digest) : undefined;
      if (now && was?.ok && sameButBoxes(now.content, was.value)) return [];
      return [{ path, was: digest, now: now?.digest ?? null }];
    }),
  );
  return changed.flat();
}

/** What happened to the files, for people. */
export const changeText = (changed: readonly Changed[], since: string): string =>
  changed
    .map(({ path, now }) => (now === null ? `${path} is gone` : `${path} changed`))
    .join(", and ") + ` ${since}`;
