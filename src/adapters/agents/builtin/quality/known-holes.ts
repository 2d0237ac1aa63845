import type { KnownHole } from "../../../../repository/model.ts";
import type { QualityFacts } from "./facts.ts";
import { counted, few, said, type Draft, type Severity } from "./make-finding.ts";

const WEIGHT: Readonly<Record<NonNullable<KnownHole["severity"]>, number>> = {
  low: 0,
  medium: 1,
  high: 2,
  critical: 3,
};

/**
 * What a hole weighs here: as the tool says, but never critical, since nobody has looked whether the code can be reached;
 * medium where the tool says nothing.
 */
const weightOf = (holes: readonly KnownHole[]): Severity => {
  const worst = Math.max(...holes.map(({ severity }) => WEIGHT[severity ?? "medium"]));
  return worst >= WEIGHT.high ? "high" : worst === WEIGHT.medium ? "medium" : "low";
};

/** One finding for each package of a lockfile with known holes. */
export function knownHoles({ measured }: QualityFacts): readonly Draft[] {
  const byPackage = new Map<string, KnownHole[]>();
  for (const hole of measured.audit.holes) {
    const key = `${hole.lockfile} ${hole.package}`;
    byPackage.set(key, [...(byPackage.get(key) ?? []), hole]);
  }
  return [...byPackage.values()].flatMap((holes) => {
    const [first] = holes;
    return first ? [finding(first, holes)] : [];
  });
}

function finding(first: KnownHole, holes: readonly KnownHole[]): Draft {
  const fixes = [...new Set(holes.flatMap(({ fix }) => (fix === null ? [] : [fix])))];
  const told = holes.map(
    ({ title, affected, source, severity }) =>
      `${severity ?? "not weighed"}: ${said(title || source, 100)} in ${affected || "the pinned version"} (${source || "no source"})`,
  );
  return {
    severity: weightOf(holes),
    title: `${first.package} has ${counted(holes.length, "known hole")}`,
    place: first.lockfile,
    evidence: few(told, 5),
    impact:
      first.direct === true
        ? "The project asks for this package itself. Whether the part with the hole is used was not looked at."
        : "It comes with another package. Whether the part with the hole is used was not looked at.",
    resolution:
      fixes.length > 0
        ? `Install what mends it: ${few(fixes, 3)}.`
        : "There is no version that mends it: find out whether the part with the hole is used, and replace the package if it is.",
  };
}
