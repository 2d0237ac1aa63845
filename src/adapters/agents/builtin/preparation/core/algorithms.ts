import type { CoreImplementation } from "../../../../../stage/contracts/preparation.ts";
import type { PlacedDemand } from "../../analysis/surroundings.ts";
import { lowered, sentenceList } from "../../synthesis/markdown.ts";
import { titleOf, type Basis } from "../basis.ts";
import { ALGORITHM_RULES, type AlgorithmRule } from "./algorithms-lexicon.ts";

type Algorithm = CoreImplementation["algorithms"][number];

const captured = (match: RegExpExecArray): readonly string[] =>
  match
    .slice(1)
    .flatMap((part) => part?.trim() || [])
    .slice(0, 1);

/** The technique's words with what the requirements themselves say in their places. */
function filled({ how }: AlgorithmRule, matches: readonly RegExpExecArray[]): string {
  const found = [...new Set(matches.flatMap(captured))];
  return how
    .replace(/\$1/g, () => sentenceList(found) || "as stated")
    .replace(/ \(as stated\)/g, "")
    .trim();
}

/** The demands of a module that a rule's words are in. */
function calledFor(rule: AlgorithmRule, demands: readonly PlacedDemand[]) {
  return demands.flatMap((demand) => {
    const match = rule.when.exec(demand.outright.slice(0, 2_000));
    return match && !rule.unless?.test(demand.text.slice(0, 2_000)) ? [{ demand, match }] : [];
  });
}

/** What particular requirements call for, once per module; nothing where no requirement's words do. */
export const algorithmsOf = (basis: Basis): Algorithm[] =>
  ALGORITHM_RULES.flatMap((rule) =>
    basis.modules.flatMap((module) => {
      const found = calledFor(rule, module.demands);
      const way = filled(
        rule,
        found.map(({ match }) => match),
      );
      if (found.length === 0) return [];
      const said = found.map(({ demand }) => lowered(titleOf(demand, basis))).join("; ");
      return [
        {
          name: rule.name,
          module: module.name,
          rule: `${said} — ${way}`,
          requirements: found.map(({ demand }) => demand.id),
        },
      ];
    }),
  );
