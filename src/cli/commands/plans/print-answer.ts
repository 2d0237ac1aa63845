import { WavegateError } from "../../../core/error.ts";
import { oneLine } from "../../../core/text.ts";
import { createInPlace, type Screen } from "../../../reporters/in-place.ts";
import type { Style } from "../../../reporters/style.ts";
import { styleOf, type Cli, type CommonFlags } from "../../cli.ts";
import { Interrupted } from "../../exit-code.ts";
import { drawsLive } from "../../terminal-traits.ts";

/** Flags of every command that answers a question about a plan. */
export interface AnswerFlags extends CommonFlags {
  readonly format?: Format;
  readonly watch: boolean;
}

type Format = "text" | "json" | "markers";

/** An answer, and how it is shown in each form. */
export interface Shown<T> {
  readonly answer: () => Promise<T>;
  readonly lines: (answer: T, style: Style) => readonly string[];
  readonly markers: (answer: T) => readonly string[];
  /** What JSON shows of it, where that is not all. */
  readonly json?: (answer: T) => unknown;
  /** The name or path that it was asked for by. */
  readonly plan: string | undefined;
  /** Whether nothing will change any more: watching ends. */
  readonly complete: (answer: T) => boolean;
}

const formatOf = ({ format, json }: AnswerFlags): Format => {
  if (json && format !== undefined && format !== "json")
    throw new WavegateError("USAGE", `--json and --format ${format} say different things.`, {
      hint: "Give one of them.",
    });
  return format ?? (json ? "json" : "text");
};

/** Print an answer, and with `--watch` again whenever it changes, until it is complete or Ctrl-C. Gives the last one. */
export async function printAnswer<T>(cli: Cli, flags: AnswerFlags, shown: Shown<T>): Promise<T> {
  const format = formatOf(flags);
  const render = (answer: T): readonly string[] => {
    if (format === "markers") return shown.markers(answer);
    if (format === "json") return [JSON.stringify(shown.json ? shown.json(answer) : answer)];
    return shown.lines(answer, styleOf(cli.io, "stdout", flags));
  };
  const answer = await shown.answer();
  if (flags.watch)
    return watch(cli, { shown, render, first: answer, output: outputOf(cli, format) });
  cli.io.stdout.write(asText(render(answer)));
  return answer;
}

const asText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

interface WatchOutput {
  show(lines: readonly string[]): void;
  close(): void;
}

/** In place on a terminal; elsewhere what is new is appended. */
function outputOf(cli: Cli, format: Format): WatchOutput {
  const { stdout, env } = cli.io;
  if (format === "text" && drawsLive({ env, isTTY: stdout.isTTY === true })) return inPlace(stdout);
  let before: readonly string[] = [];
  return {
    show(lines) {
      const known = new Set(before);
      const fresh = format === "markers" ? lines.filter((line) => !known.has(line)) : lines;
      const same = lines.length === before.length && lines.every((line) => known.has(line));
      if (same) return;
      const gap = format === "text" && before.length > 0 ? "\n" : "";
      stdout.write(gap + asText(fresh));
      before = lines;
    },
    close() {},
  };
}

/** As much as the screen has room for; in the end all of it. */
function inPlace(screen: Screen): WatchOutput {
  const place = createInPlace(screen);
  let last: readonly string[] = [];
  return {
    show(lines) {
      const room = Math.max(3, (screen.rows ?? 24) - 2);
      const hidden = lines.length - room;
      place.draw(hidden > 0 ? [...lines.slice(0, room), `… ${hidden} more lines`] : lines);
      last = lines;
    },
    close() {
      place.draw(last);
      place.close();
    },
  };
}

interface Watched<T> {
  readonly shown: Shown<T>;
  readonly render: (answer: T) => readonly string[];
  readonly first: T;
  readonly output: WatchOutput;
}

async function watch<T>(cli: Cli, { shown, render, first, output }: Watched<T>): Promise<T> {
  const stop = new AbortController();
  const forget = cli.io.onInterrupt(() => stop.abort());
  let answer = first;
  let problem = "";
  try {
    output.show(render(answer));
    if (shown.complete(answer)) return answer;
    const app = await cli.app();
    const wish = shown.plan === undefined ? {} : { plan: shown.plan };
    for await (const _ of app.plans.changes(wish, stop.signal)) {
      const looked = await shown.answer().then(found, unreadable);
      if ("problem" in looked) {
        // An editor may be about to replace the file: what is shown stays until it can be read again.
        if (looked.problem !== problem) cli.io.stderr.write(`${looked.problem}\n`);
        problem = looked.problem;
        continue;
      }
      problem = "";
      answer = looked.answer;
      output.show(render(answer));
      if (shown.complete(answer)) return answer;
    }
    throw new Interrupted();
  } finally {
    forget();
    stop.abort();
    output.close();
  }
}

const found = <T>(answer: T) => ({ answer });

function unreadable(error: unknown): { readonly problem: string } {
  if (!(error instanceof WavegateError)) throw error;
  return { problem: `${error.code}: ${oneLine(error.message, 400)}` };
}
