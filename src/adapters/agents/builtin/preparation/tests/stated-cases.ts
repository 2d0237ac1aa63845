import { naming } from "../../analysis/domain.ts";
import { readEdgeCases } from "../../analysis/edge-cases.ts";
import { citeOf } from "../../analysis/evidence.ts";
import { sharedCount } from "../../analysis/relevance.ts";
import { entityTopic } from "../../architecture/entity-owners.ts";
import { criteriaFor, scenariosFor } from "../../requirements/acceptance.ts";
import { showsInUse } from "../../synthesis/shows-in-use.ts";
import { cutAtClause } from "../../text/clause.ts";
import { capitalize, plain, termsOf } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { firstEntityIn } from "../core/rules-of.ts";
import type { DraftCase } from "./draft-case.ts";

const AT_ONCE =
  /\bat the same (?:moment|time)\b|\bsimultaneous\w*|\bconcurren\w+|\bat most once\b|\bexactly once\b|\btwice\b/iu;

const TITLE = 90;

/** One case per acceptance scenario, tied to the demands whose subject it shares, else to its story. */
export function scenarioCases({ around }: Basis): readonly DraftCase[] {
  return around.scenarios.map((scenario) => {
    const proved = around.demands
      .filter((demand) => scenariosFor(demand, around).includes(scenario))
      .map(({ id }) => id);
    const { given, when, then, story, source, text } = scenario;
    return {
      level: AT_ONCE.test(text) ? "store" : "acceptance",
      title: capitalize(cutAtClause(then || text, TITLE)),
      given: given || null,
      when: when || null,
      then: then || text,
      requirements: [...new Set([...proved, story])],
      source,
      systems: [],
    };
  });
}

/** Least share of an edge case's subject that a demand must hold to be what it is about. */
const SHARE = 0.2;

/** The demands whose subject it shares; else the first that acts on what its outcome is about. */
function demandsNear(text: string, outcome: string, basis: Basis): readonly string[] {
  const { around } = basis;
  const terms = termsOf(text);
  const scored = around.demands
    .map(({ id, terms: own }) => ({
      id,
      shared: sharedCount(terms, own),
      share: around.relevance.containment(terms, own),
    }))
    .filter(({ shared, share }) => shared >= 2 && share >= SHARE)
    .toSorted((a, b) => b.share - a.share);
  if (scored.length > 0) return scored.slice(0, 2).map(({ id }) => id);
  const entity = firstEntityIn(outcome, basis);
  const topic = entity && entityTopic(entity.name, entity.line);
  const about = around.demands.find(({ objects }) => topic && naming(topic, objects) >= 1);
  return about ? [about.id] : [];
}

/** One case per edge case that the spec answers itself. */
export const edgeCases = (basis: Basis): readonly DraftCase[] =>
  readEdgeCases(basis.around)
    .filter(({ answered }) => answered)
    .map(({ text, handling, line }) => ({
      level: AT_ONCE.test(`${text} ${handling ?? ""}`)
        ? ("store" as const)
        : ("acceptance" as const),
      title: capitalize(
        cutAtClause(
          text.replace(/^what (?:happens|if)\s+(?:when|if)?\s*/i, "").replace(/\?$/, ""),
          TITLE,
        ),
      ),
      given: null,
      when: handling === undefined ? null : text,
      then: handling ?? text,
      requirements: [...demandsNear(`${text} ${handling ?? ""}`, handling ?? text, basis)],
      source: citeOf({ id: "edge case", line }).replace(/ \(/, ", ").replace(/\)$/, ""),
      systems: [],
    }));

/** One case per success criterion: measured before release, or recorded in use. */
export const criterionCases = ({ spec, around }: Basis): readonly DraftCase[] =>
  spec.criteria.map(({ id, text, measurement }) => {
    const said = plain(text);
    const used = showsInUse(said);
    return {
      level: used ? ("use" as const) : ("measurement" as const),
      title: cutAtClause(said, TITLE) || id,
      given: null,
      when: measurement ? plain(measurement) : null,
      then: said || id,
      requirements: [
        id,
        ...around.demands
          .filter((demand) => criteriaFor(demand, around).includes(id))
          .map((one) => one.id),
      ],
      source: id,
      systems: [],
    };
  });
