import type { DependencyAudit } from "../ports/dependency-audit.ts";
import type { Repository } from "../ports/repository.ts";
import { readLockfiles } from "../repository/lockfiles/read-lockfiles.ts";
import { measureRepository, type MeasureInput } from "../repository/measure-repository.ts";
import { repositoryDocument } from "../repository/repository-document.ts";

/** The name under which roles get what was measured. */
export const REPOSITORY_DOCUMENT = "repository.json";

interface TakeDownPorts {
  readonly repository: Repository;
  readonly dependencyAudit: DependencyAudit;
}

/**
 * Look at the project's files once, at the start of a run, and measure them: `repository.json` as all roles of the stage get
 * it. What happens to the files later does not change the run.
 *
 * @param audit whether the user asked for known holes of the dependencies, which are looked for outside
 */
export async function takeDownRepository(
  { repository, dependencyAudit }: TakeDownPorts,
  about: Pick<MeasureInput, "spec" | "documents">,
  audit: boolean,
): Promise<{ readonly [REPOSITORY_DOCUMENT]: string }> {
  const listing = await repository.read();
  const input = { listing, ...about };
  const measured = measureRepository(
    audit ? { ...input, audit: await dependencyAudit.audit(readLockfiles(listing.files)) } : input,
  );
  return { [REPOSITORY_DOCUMENT]: repositoryDocument(measured) };
}
