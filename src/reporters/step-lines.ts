import { oneLine } from "../core/text.ts";
import { sandboxText } from "./sandbox-line.ts";
import { ruleText } from "./rule-lines.ts";
import { agentLine, type Columns, type FrameOptions } from "./agent-line.ts";
import { pendingRow, type AgentRow, type GateView, type StageView } from "./live-view.ts";
import { composeLine, symbolsOf, type Style, type Tone } from "./style.ts";

/** The roles after the specialists that are shown before they start. */
export const STEPS: readonly string[] = ["reviewer", "synthesizer", "qa"];

/** What follows the specialists: quorum, review, synthesis, QA, checks, gate, and what holds the stage. */
export function stepLines(stage: StageView, columns: Columns, options: FrameOptions): string[] {
  const symbols = symbolsOf(options);
  const fact = factIn(columns, options);
  const { quorum, checks } = stage;
  const rows = [
    ...stage.later,
    ...STEPS.filter((step) => !stage.later.some((row) => row.role === step)).map(pendingRow),
  ].flatMap((row) => [
    agentLine(withRework(row, stage), columns, options),
    ...(row.role === "reviewer" && stage.review ? [fact(" ", "quiet", "", findings(stage))] : []),
  ]);
  return [
    ...stage.unprotected.map((event) =>
      fact(symbols.partial, "warn", "sandbox", sandboxText(event)),
    ),
    ...stage.rules.map((rule) => fact(symbols.dot, "accent", "rule", ruleText(rule))),
    ...stage.skipped.map(({ name, reason }) =>
      fact(symbols.bad, "warn", "left out", oneLine(`${name}: ${reason}`, 200)),
    ),
    quorum
      ? fact(...mark(quorum.met, options), "quorum", quorumText(stage))
      : fact(symbols.pending, "quiet", "quorum", ""),
    ...rows,
    ...(checks
      ? [fact(...mark(checks.failed.length === 0, options), "checks", checksText(checks))]
      : []),
    gateLine(stage.gate, fact, options),
    ...(stage.hold ? holdLines(stage.hold, fact, options) : []),
  ];
}

/** What keeps a stage from beginning: it is held, or the run waits for work. */
export function pauseLines(stage: StageView, columns: Columns, options: FrameOptions): string[] {
  const fact = factIn(columns, options);
  const { gate, pending } = symbolsOf(options);
  const { hold, work } = stage;
  return [
    ...(hold ? holdLines(hold, fact, options) : []),
    ...(work
      ? [
          fact(gate, "warn", "work", oneLine(work.message, 200)),
          fact(pending, "quiet", "", oneLine(work.hint, 200)),
        ]
      : []),
  ];
}

const factIn =
  (columns: Columns, options: FrameOptions): Fact =>
  (symbol, tone, name, text) =>
    composeLine(options, [
      { text: ` ${symbol} `, tone },
      { text: name, columns: columns.role },
      { text, tone: tone === "good" ? "plain" : tone },
    ]);

const mark = (good: boolean, style: Style): readonly [string, Tone] =>
  good ? [symbolsOf(style).good, "good"] : [symbolsOf(style).bad, "bad"];

type Fact = (symbol: string, tone: Tone, name: string, text: string) => string;

function quorumText({ quorum }: StageView): string {
  if (!quorum) return "";
  const all = quorum.succeeded.length + quorum.missing.length;
  const text = `${quorum.succeeded.length} of ${all} answered`;
  return quorum.because ? `${text} (${oneLine(quorum.because, 200)})` : text;
}

const checksText = ({ passed, failed }: NonNullable<StageView["checks"]>) =>
  failed.length === 0
    ? `${passed} passed`
    : `${passed} passed, ${failed.length} failed: ${oneLine(failed.join("; "), 200)}`;

const some = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** The synthesizer's row tells what it is changing. */
function withRework(row: AgentRow, { rework }: StageView): AgentRow {
  if (row.role !== "synthesizer" || !rework || row.line !== "") return row;
  return { ...row, line: `rework ${rework.round}: ${rework.reasons.join("; ")}` };
}

/** What the review found, on a line of its own under the reviewer's. */
function findings({ review }: StageView): string {
  if (!review) return "";
  const escalated = review.escalated > 0 ? ` (${review.escalated} for you)` : "";
  return [
    `quality ${review.qualityScore}`,
    some(review.conflicts, "conflict") + escalated,
    some(review.gaps, "gap"),
    some(review.openQuestions, "question"),
  ].join(", ");
}

function gateLine(gate: GateView | undefined, fact: Fact, options: FrameOptions): string {
  const symbols = symbolsOf(options);
  if (!gate) return fact(symbols.pending, "quiet", "gate", "");
  const digest = gate.digest.slice(0, 12);
  switch (gate.state) {
    case "waiting":
      return fact(symbols.gate, "warn", "gate", `${digest} waits for your decision`);
    case "approved":
      return fact(symbols.good, "good", "gate", `approved ${oneLine(gate.note, 120)}`);
    case "rejected":
      return fact(symbols.bad, "bad", "gate", `rejected ${oneLine(gate.note, 120)}`);
    case "changing":
      return fact(symbols.retry, "warn", "gate", `changes asked for ${oneLine(gate.note, 120)}`);
    case "voided":
      return fact(symbols.retry, "warn", "gate", `asked again: ${oneLine(gate.note, 120)}`);
  }
}

function holdLines(hold: NonNullable<StageView["hold"]>, fact: Fact, style: Style): string[] {
  const { bad, pending } = symbolsOf(style);
  return [
    fact(bad, "bad", "held", `${hold.code}: ${oneLine(hold.reason, 200)}`),
    fact(pending, "quiet", "", oneLine(hold.hint, 200)),
  ];
}
