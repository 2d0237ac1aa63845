import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DecideRequest, ProposedArtifact } from "../app/app.ts";
import { WavegateError } from "../core/error.ts";
import { HIGHEST_SCORE, LOWEST_SCORE, type Judged } from "../stage/judged.ts";
import type { CliIo } from "./cli.ts";

/** A decision without what binds it: the run, the digest shown, and who decides. */
export type Choice = Pick<DecideRequest, "kind" | "reason" | "changes" | "edits" | "ratings">;

const validate = (value: string | undefined) =>
  value?.trim() ? undefined : "Say something, or press Ctrl-C to go back.";

/** Ask at the terminal for a decision on what has just been shown; undefined means later. */
export async function askDecision(
  io: CliIo,
  artifacts: readonly ProposedArtifact[],
  {
    judged = [],
    strict = false,
  }: {
    /** What may be judged besides; each question can be passed over with Enter. */
    readonly judged?: readonly Judged[];
    /** Whether an approval needs a reason. */
    readonly strict?: boolean;
  } = {},
): Promise<Choice | undefined> {
  const { isCancel, log, select, text } = await import("@clack/prompts");
  const streams = { input: io.stdin, output: io.stderr };
  const ask = async (message: string, placeholder: string) => {
    const answer = await text({ ...streams, message, placeholder, validate });
    return isCancel(answer) ? undefined : answer.trim();
  };
  for (;;) {
    const kind = await select({
      ...streams,
      message: "Your decision",
      // Enter alone decides nothing.
      initialValue: "later",
      options: [
        { value: "approve", label: "Approve", hint: "write the files next to the spec" },
        { value: "modify", label: "Modify", hint: "say what to change; you are asked again" },
        {
          value: "edits",
          label: "Use my edited file",
          hint: "replaces one of the files as a whole",
        },
        { value: "reject", label: "Reject", hint: "end the run; nothing is written" },
        { value: "later", label: "Decide later", hint: "the run waits, as long as you like" },
      ],
    });
    if (isCancel(kind) || kind === "later") return undefined;
    try {
      const choice = await complete(kind, ask, { cwd: io.cwd, artifacts, strict });
      if (choice) return { ...choice, ...(await askRatings(io, judged)) };
    } catch (error) {
      if (!(error instanceof WavegateError)) throw error;
      log.error(`${error.message}\n${error.hint}`, { output: io.stderr });
    }
  }
}

/** Judgements for the metrics: each a figure, or nothing. Ctrl-C passes over the rest; the decision stands. */
async function askRatings(io: CliIo, judged: readonly Judged[]): Promise<Pick<Choice, "ratings">> {
  const { isCancel, text } = await import("@clack/prompts");
  const ratings: Record<string, number> = {};
  for (const { short, question } of judged) {
    const answer = await text({
      input: io.stdin,
      output: io.stderr,
      message: `${question} ${LOWEST_SCORE} (not at all) to ${HIGHEST_SCORE} (very); Enter passes over`,
      validate: (value) =>
        /^\s*[1-5]?\s*$/.test(value ?? "") ? undefined : "A figure from 1 to 5, or nothing.",
    });
    if (isCancel(answer)) break;
    if (answer?.trim()) ratings[short] = Number(answer.trim());
  }
  return Object.keys(ratings).length === 0 ? {} : { ratings };
}

type Ask = (message: string, placeholder: string) => Promise<string | undefined>;

/** What belongs to the chosen kind; undefined where the user went back. */
async function complete(
  kind: string,
  ask: Ask,
  {
    cwd,
    artifacts,
    strict,
  }: {
    readonly cwd: string;
    readonly artifacts: readonly ProposedArtifact[];
    readonly strict: boolean;
  },
): Promise<Choice | undefined> {
  if (kind === "approve") {
    if (!strict) return { kind: "approve" };
    const reason = await ask("Why is it good enough?", "this gate is strict: it is recorded");
    return reason === undefined ? undefined : { kind: "approve", reason };
  }
  if (kind === "reject") {
    const reason = await ask("Why?", "it is recorded with the rejection");
    return reason === undefined ? undefined : { kind: "reject", reason };
  }
  if (kind === "modify") {
    const changes = await ask("What should change?", "for example: move sharing to phase 3");
    return changes === undefined ? undefined : { kind: "modify", changes };
  }
  const file = await ask("Path of your edited file", artifacts[0]?.name ?? "plan.md");
  return file === undefined
    ? undefined
    : { kind: "modify", edits: await readEdit(cwd, file, artifacts) };
}

/** An edited artifact, by the name it replaces: `name`, or the file's own name. */
export async function readEdit(
  cwd: string,
  file: string,
  artifacts: readonly Pick<ProposedArtifact, "name">[],
  name = path.basename(file),
): Promise<Readonly<Record<string, string>>> {
  const content = await readFile(path.resolve(cwd, file), "utf8").catch((cause: unknown) => {
    throw new WavegateError("USAGE", `The edited file cannot be read: ${file}`, {
      hint: "Give the path of a text file that you may read.",
      place: { file },
      cause,
    });
  });
  if (artifacts.some((artifact) => artifact.name === name)) return { [name]: content };
  throw new WavegateError("USAGE", `The gate shows no file named "${name}".`, {
    hint: `Call your file as the one that it replaces, or name that with \`wavegate modify\` and --artifact: ${artifacts.map((artifact) => artifact.name).join(", ")}.`,
    place: { file },
  });
}
