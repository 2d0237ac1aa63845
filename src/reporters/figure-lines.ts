import { oneLine } from "../core/text.ts";
import type { GateFigures } from "../stage/records.ts";
import { composeLine, wrapText, type Style, type Tone } from "./style.ts";

const LABEL = 16;

export const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

export const list = (names: readonly string[]) => oneLine(names.join(", "), 400);

type Figure = readonly [name: string, text: string, tone: Tone];

/** A count of something better not there: warned about when there is some. */
const unwanted = (name: string, items: readonly string[], what: string): Figure =>
  items.length === 0
    ? [name, "", "plain"]
    : [name, `${items.length} ${what}: ${list(items)}`, "warn"];

const RECOMMENDED: Readonly<
  Record<NonNullable<GateFigures["recommendation"]>, readonly [string, Tone]>
> = {
  proceed: ["proceed", "good"],
  "fix-first": ["fix first", "bad"],
  abort: ["abort", "bad"],
};

const CAN_BE_BUILT: Readonly<
  Record<NonNullable<GateFigures["approvalStatus"]>, readonly [string, Tone]>
> = {
  pass: ["pass: it can be built from", "good"],
  conditional: ["conditional: it can be built from once what is open is settled", "warn"],
  fail: ["fail: it cannot be built from", "bad"],
};

/** What the reviewer makes of it all; it comes first, since the figures below may all be good. */
function verdictFigures({ recommendation, approvalStatus, issues }: GateFigures): Figure[] {
  const open = issues && WEIGHTS.filter((weight) => issues[weight] > 0);
  const told = open?.map((weight) => `${issues?.[weight]} ${weight}`).join(", ") || "none open";
  const accepted = issues?.accepted ? `; ${issues.accepted} accepted` : "";
  const grave = (issues?.critical ?? 0) + (issues?.high ?? 0) > 0;
  return [
    ...(recommendation ? [["recommended", ...RECOMMENDED[recommendation]] as const] : []),
    ...(approvalStatus ? [["reviewer says", ...CAN_BE_BUILT[approvalStatus]] as const] : []),
    ...(issues
      ? [["issues", told + accepted, grave ? "bad" : open?.length ? "warn" : "good"] as const]
      : []),
  ];
}

const WEIGHTS = ["critical", "high", "medium", "low"] as const;

/** The table of facts of a gate: what was counted and checked in code, and what the reviewer recommends. */
export function figureLines(figures: GateFigures, style: Style): string[] {
  const { requirementsCovered: covered, requirementsTotal: total, escalated } = figures;
  const toDecide = escalated.length > 0 ? `, ${escalated.length} for you to decide` : "";
  const count = figures.decided?.length ?? 0;
  const decided = count > 0 ? `, ${count} decided by people` : "";
  const failed = figures.failedChecks;
  const facts: readonly Figure[] = [
    ...verdictFigures(figures),
    [
      "coverage",
      `${covered} of ${total} requirements have their place in the files below`,
      covered < total ? "warn" : "good",
    ],
    ["not covered", list(figures.notCovered), "warn"],
    ["quality score", `${figures.qualityScore} of 100`, "plain"],
    ["conflicts", `${figures.conflicts}${decided}${toDecide}`, toDecide ? "warn" : "plain"],
    ["open questions", String(figures.openQuestions.length), "plain"],
    unwanted("risks", figures.unmitigatedRisks, "without mitigation"),
    unwanted("criteria", figures.unmeasurableCriteria, "not measurable"),
    unwanted("tasks", figures.orphanTasks, "without a requirement"),
    failed.length > 0
      ? ["checks", `${failed.length} failed: ${list(failed)}`, "bad"]
      : ["checks", "all passed", "good"],
    figures.signedOff ? ["QA", "signed off", "good"] : ["QA", "did not sign off", "bad"],
    unwanted("not done", figures.openRework, "asked for"),
    ["rework", figures.reworkRounds > 0 ? plural(figures.reworkRounds, "round") : "", "plain"],
    ["incomplete", list(figures.partial), "bad"],
  ];
  return facts.flatMap(([name, text, tone]) =>
    text === "" ? [] : factLines(name, text, tone, style),
  );
}

/** One fact of the table. */
export const factLines = (name: string, text: string, tone: Tone, style: Style): string[] =>
  wrapText(text, Math.max(20, style.width - LABEL - 2)).map((line, index) =>
    composeLine(style, [
      { text: ` ${index === 0 ? name : ""}`, columns: LABEL + 1, tone: "quiet" },
      { text: line, tone },
    ]).trimEnd(),
  );
