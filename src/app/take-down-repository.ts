import type { Repository } from "../ports/repository.ts";
import { measureRepository, type MeasureInput } from "../repository/measure-repository.ts";
import { repositoryDocument } from "../repository/repository-document.ts";

/** The name under which roles get what was measured. */
export const REPOSITORY_DOCUMENT = "repository.json";

/**
 * Look at the project's files once, at the start of a run, and measure them: `repository.json` as all roles of the stage get
 * it. What happens to the files later does not change the run.
 */
export async function takeDownRepository(
  repository: Repository,
  about: Pick<MeasureInput, "spec" | "documents">,
): Promise<{ readonly [REPOSITORY_DOCUMENT]: string }> {
  const listing = await repository.read();
  return { [REPOSITORY_DOCUMENT]: repositoryDocument(measureRepository({ listing, ...about })) };
}
