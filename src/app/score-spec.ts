import type { Repository } from "../ports/repository.ts";
import { debtFacts } from "../repository/debt-facts.ts";
import { debtOf } from "../repository/debt.ts";
import type { RepositoryListing } from "../repository/model.ts";
import { clarityOf } from "../spec/scores/clarity.ts";
import { complexityOf } from "../spec/scores/complexity.ts";
import { uncertaintyOf } from "../spec/scores/uncertainty.ts";
import { reading, type Readings, type ScoreSettings } from "../stage/rules/readings.ts";
import type { CheckReport } from "./app.ts";

/** The four scores of a specification and of the repository it is about (ST-16), with what people set laid over them. */
export async function scoreSpec(
  repository: Repository,
  { spec, diagnostics }: Pick<CheckReport, "spec" | "diagnostics">,
  set: { readonly configuration: ScoreSettings; readonly commandLine: ScoreSettings },
): Promise<Readings> {
  const listing = await repository.read();
  return {
    complexity: reading("complexity", complexityOf(spec), set),
    clarity: reading("clarity", clarityOf(spec, diagnostics), set),
    uncertainty: reading("uncertainty", uncertaintyOf(spec, diagnostics), set),
    debt: reading("debt", debtOf(debtFacts(listing.files)), { ...set, note: noteOf(listing) }),
  };
}

/** Debt is counted in what was listed; where that is not all, it is said. */
const noteOf = ({ files, complete }: RepositoryListing): string | null =>
  complete ? null : `the project has more than the ${files.length} files that were looked at`;
