import type { App, DecideRequest, RunView } from "../../app/app.ts";
import { WavegateError } from "../../core/error.ts";
import { decisionCommands, gateLines, shortDigest } from "../../reporters/gate-lines.ts";
import { readEdit } from "../ask-decision.ts";
import { styleOf, type Cli, type CommonFlags } from "../cli.ts";
import { EXIT } from "../exit-code.ts";
import { lastEvent } from "../last-event.ts";
import { NOTHING_DECIDED, passGates } from "../pass-gates.ts";

export interface DecideFlags extends CommonFlags {
  readonly digest?: string;
  readonly reason?: string;
  readonly rate?: readonly (readonly [string, number])[];
}

export interface ModifyFlags extends DecideFlags {
  readonly text?: string;
  readonly file?: string;
  readonly artifact?: string;
}

/** Approve what the gate shows: its files are written next to the spec. */
export async function approve(this: Cli, flags: DecideFlags, name?: string): Promise<void> {
  await decide(this, flags, name, { kind: "approve" });
}

/** Reject what the gate shows, with a reason: the run ends and nothing is written. */
export async function reject(this: Cli, flags: DecideFlags, name?: string): Promise<void> {
  await decide(this, flags, name, { kind: "reject" });
}

/** Ask for changes, in words or as an edited file: the gate opens again on the result. */
export async function modify(this: Cli, flags: ModifyFlags, name?: string): Promise<void> {
  const { text, file, artifact } = flags;
  const changes = text === undefined ? {} : { changes: text };
  if (file === undefined) return decide(this, flags, name, { kind: "modify", ...changes });
  const app = await this.app();
  const run = await waitingRun(app, name);
  const shown = run.gate?.artifacts ?? [];
  const edits = await readEdit(this.io.cwd, file, shown, artifact);
  await decide(this, flags, run.record.runId, { kind: "modify", ...changes, edits });
}

async function decide(
  cli: Cli,
  flags: DecideFlags,
  name: string | undefined,
  choice: Pick<DecideRequest, "kind" | "changes" | "edits">,
): Promise<void> {
  const app = await cli.app();
  const run = await waitingRun(app, name);
  const digest = flags.digest ?? (await confirmedDigest(cli, flags, run, choice.kind));
  if (digest === undefined) return cli.exit(EXIT.waiting);
  const { reason, rate } = flags;
  const decided = await app.decide({
    run: run.record.runId,
    digest,
    by: cli.io.user,
    ...choice,
    ...(reason === undefined ? {} : { reason }),
    ...(rate === undefined ? {} : { ratings: Object.fromEntries(rate) }),
  });
  if (!decided.ok) throw decided.error;
  const { runId, wait } = decided.value;
  // What happened before the decision has been shown when it happened.
  const after = await lastEvent(app, runId, ({ type }) => type === "gate-opened");
  await passGates(cli, flags, { runId, here: true, afterWait: wait, after });
}

/** Most runs named in a hint. */
const NAMED = 5;

/** The run named; without a name, the only one that waits at a gate. Decisions name their run, never `latest`. */
async function waitingRun(app: App, name: string | undefined): Promise<RunView> {
  if (name === "latest")
    throw new WavegateError("USAGE", "A decision names its run: `latest` may change meanwhile.", {
      hint: "List the runs with `wavegate runs` and name one.",
    });
  if (name !== undefined) return app.show(name);
  const waiting = (await app.runs({ status: "waiting" })).filter((run) => run.gate);
  const [only, another] = waiting;
  if (only && !another) return only;
  const ids = waiting.slice(0, NAMED).map((run) => run.record.runId);
  const more = waiting.length > NAMED ? `, or one of ${waiting.length - NAMED} more` : "";
  throw new WavegateError(
    "USAGE",
    only ? `${waiting.length} runs wait at a gate.` : "No run waits at a gate.",
    { hint: only ? `Name one: ${ids.join(", ")}${more}.` : "List the runs with `wavegate runs`." },
  );
}

/** Without `--digest`: at a terminal, show the gate and take the word for what was shown; elsewhere, an error. */
async function confirmedDigest(
  cli: Cli,
  flags: DecideFlags,
  { record, gate, reviewers }: RunView,
  kind: DecideRequest["kind"],
): Promise<string | undefined> {
  const { stdin, stdout, stderr } = cli.io;
  // Not at a gate: the use case says so, with what the run does instead.
  if (!gate) return "";
  if (flags.json || !stdin.isTTY || !stderr.isTTY || !stdout.isTTY) {
    const command = decisionCommands({ runId: record.runId, gate }).find((text) =>
      text.includes(` ${kind} `),
    );
    throw new WavegateError(
      "GATE_DIGEST_REQUIRED",
      "A decision must name what it is about: the digest that the gate shows.",
      { hint: `Read the proposal with \`wavegate show ${record.runId}\`, then: ${command ?? ""}` },
    );
  }
  const app = await cli.app();
  const artifacts = await app.proposal(record.runId);
  const lines = gateLines(
    { runId: record.runId, gate, artifacts, reviewers },
    styleOf(cli.io, "stderr", flags),
  );
  stderr.write(`${lines.join("\n")}\n`);
  const { confirm, isCancel } = await import("@clack/prompts");
  const message = `${kind} ${shortDigest(gate.digest)}?`;
  const answer = await confirm({ input: stdin, output: stderr, message, initialValue: false });
  if (!isCancel(answer) && answer) return gate.digest;
  stderr.write(`${NOTHING_DECIDED}\n`);
  return undefined;
}
