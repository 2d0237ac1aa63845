import type { TestStrategy } from "../../../../../stage/contracts/preparation.ts";
import { normalId } from "../../../../../stage/checks/ids.ts";
import { sentenceList } from "../../synthesis/markdown.ts";

type Case = TestStrategy["cases"][number];

/** A case that somebody proposed: the specification does not ask for it. */
const isProposed = ({ source }: Case): boolean => /^proposed\b/i.test(source);

/** A case that only says a requirement again, since no scenario and no figure shows it. */
const repeats = ({ source, level }: Case, ids: readonly string[]): boolean =>
  /accept/i.test(level) && ids.some((id) => normalId(source.replace(/ \(line \d+\)$/, "")) === id);

const list = (cases: readonly Case[]): string =>
  sentenceList(
    cases.map(({ id }) => id),
    8,
  );

/**
 * When a piece of work is done, by the cases that show it. Cases that only repeat the requirement or were proposed here do
 * not show that it does what was asked for, and are said not to.
 *
 * @param ids what the work serves, in one spelling
 */
export function doneWhen(cases: readonly Case[], ids: readonly string[]): string {
  const [first] = cases;
  if (!first)
    return ids.length === 0
      ? ""
      : `Done when whoever asked for ${sentenceList(ids)} has seen it: no case shows it`;
  const asked = cases.filter((one) => !isProposed(one) && !repeats(one, ids));
  const passes = `${list(cases)} ${cases.length === 1 ? "passes" : "pass"}`;
  if (asked.length > 0) return `Done when ${passes}`;
  const repeated = cases.some((one) => repeats(one, ids));
  return repeated
    ? `Done when ${passes}, which only ${cases.length === 1 ? "repeats" : "repeat"} ${sentenceList(ids)}: agree first on what one would see`
    : `Done when whoever asked for ${sentenceList(ids)} has seen it, and ${passes}: proposed here, ${cases.length === 1 ? "it shows" : "they show"} a failure and not the requirement`;
}
