import type { Repository } from "../ports/repository.ts";
import { debtFacts } from "../repository/debt-facts.ts";
import { debtOf } from "../repository/debt.ts";
import type { RepositoryListing } from "../repository/model.ts";
import { clarityOf } from "../spec/scores/clarity.ts";
import { complexityOf } from "../spec/scores/complexity.ts";
import { uncertaintyOf } from "../spec/scores/uncertainty.ts";
import { reading, type Readings, type ScoreSettings } from "../stage/rules/readings.ts";
import type { CheckReport } from "./app.ts";

interface Scored {
  readonly readings: Readings;
  /** The project's longest files, with their lines. */
  readonly longFiles: readonly string[];
}

/** The four scores of a specification and of the repository it is about (ST-16), with what people set laid over them. */
export async function scoreSpec(
  repository: Repository,
  { spec, diagnostics }: Pick<CheckReport, "spec" | "diagnostics">,
  set: {
    readonly configuration: ScoreSettings;
    readonly commandLine: ScoreSettings;
    /** Whether debt is counted: it takes a look at every file of the project. */
    readonly debt?: boolean;
  },
): Promise<Scored> {
  const listing = set.debt === false ? NOT_LOOKED : await repository.read();
  const facts = debtFacts(listing.files);
  const readings = {
    complexity: reading("complexity", complexityOf(spec), set),
    clarity: reading("clarity", clarityOf(spec, diagnostics), set),
    uncertainty: reading("uncertainty", uncertaintyOf(spec, diagnostics), set),
    debt: reading("debt", debtOf(facts), { ...set, note: noteOf(listing) }),
  };
  return { readings, longFiles: facts.longFiles };
}

/** Where no rule looks at debt. */
const NOT_LOOKED: RepositoryListing = {
  source: "walk",
  note: null,
  complete: true,
  files: [],
  leftOut: [],
};

/** Debt is counted in what was listed; where that is not all, it is said. */
const noteOf = ({ files, complete }: RepositoryListing): string | null =>
  complete ? null : `the project has more than the ${files.length} files that were looked at`;
