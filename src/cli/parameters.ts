import { parseAge } from "../core/duration.ts";
import { buildCommand, type Command } from "@stricli/core";
import { SCORE_NAMES, type ScoreSettings } from "../stage/rules/readings.ts";
import { isTargetName, TARGET_NAMES, type TargetName } from "../integrations/targets.ts";
import type { Cli, CommonFlags } from "./cli.ts";

/** Flags that every command takes. */
export const COMMON = {
  json: {
    kind: "boolean",
    default: false,
    withNegated: false,
    brief: "Print JSON: one object, or one per line where a run is followed",
  },
  color: { kind: "boolean", optional: true, brief: "Colour, also where the output is no terminal" },
} as const;

/** A flag that takes text. */
export const textFlag = (placeholder: string, brief: string) =>
  ({ kind: "parsed", parse: String, optional: true, placeholder, brief }) as const;

/** An argument with something in it: a script's unset variable is no path and no run. */
export function parseText(input: string): string {
  if (input.trim() !== "") return input;
  throw new RangeError("it is empty");
}

/** Parse a whole number from 1 to `most`. */
export const parseCount =
  (most: number) =>
  (input: string): number => {
    const number = /^\d{1,4}$/.test(input) ? Number(input) : 0;
    if (number >= 1 && number <= most) return number;
    throw new RangeError(`"${input.slice(0, 40)}" is not a whole number from 1 to ${most}`);
  };

/** Parse names of coding agents, separated by commas; `none` is none of them. */
export function parseTargets(input: string): readonly TargetName[] {
  const names = input.split(",").map((name) => name.trim());
  if (names.length === 1 && names[0] === "none") return [];
  return names.map((name) => {
    if (isTargetName(name)) return name;
    throw new RangeError(
      `"${name.slice(0, 40)}" is none of ${TARGET_NAMES.join(", ")}; \`none\` stands alone`,
    );
  });
}

/** A flag that is given or not. */
export const switchFlag = (brief: string) =>
  ({ kind: "boolean", default: false, withNegated: false, brief }) as const;

/** Parse how far back to look, into milliseconds. */
export function parseSince(input: string): number {
  const age = parseAge(input);
  if (age.ok) return age.value;
  throw new RangeError(age.error);
}

/** Parse `satisfaction=4`; which names a gate takes, it says itself. */
function parseRate(input: string): readonly [string, number] {
  const [, name, score] = /^([a-z][a-z_-]{0,39})=([1-5])$/.exec(input.trim()) ?? [];
  if (name !== undefined && score !== undefined) return [name, Number(score)];
  throw new RangeError(
    `"${input.slice(0, 40)}" is no rating: write a name and 1 to 5, like satisfaction=4`,
  );
}

/** A flag for judgements that are recorded with a decision. */
export const rates = {
  kind: "parsed",
  parse: parseRate,
  variadic: true,
  optional: true,
  placeholder: "NAME=1-5",
  brief: "What you judge besides, for the metrics: satisfaction=4",
} as const;

/** A flag for a number, with the bounds that the configuration has for it. */
export const countFlag = (brief: string, most: number) =>
  ({ kind: "parsed", parse: parseCount(most), optional: true, placeholder: "N", brief }) as const;

/** Parse `complexity=80`. */
function parseScore(input: string): ScoreSettings {
  const [, name, digits] = /^([a-z]+)=(\d{1,3})$/.exec(input) ?? [];
  const known = SCORE_NAMES.find((one) => one === name);
  const value = Number(digits);
  if (known && value <= 100) return { [known]: value };
  throw new RangeError(
    `"${input.slice(0, 40)}" is not NAME=VALUE with one of ${SCORE_NAMES.join(", ")} and a whole number from 0 to 100`,
  );
}

/** A flag that sets a score in place of the computed one; may be given more than once. */
export const scoreFlag = {
  kind: "parsed",
  parse: parseScore,
  optional: true,
  variadic: true,
  placeholder: "NAME=N",
  brief: "Use N, 0 to 100, in place of a computed score",
} as const;

/** Parse the name of a run that is not `latest`: which one that is may change meanwhile. */
function parseName(input: string): string {
  if (input !== "latest") return parseText(input);
  throw new RangeError("`latest` may change meanwhile; name the run, see `wavegate runs`");
}

const RUN = { placeholder: "RUN", parse: parseText } as const;

/** A run, by id or the beginning of it. */
export const run = { ...RUN, brief: "Id of the run, the beginning of it, or latest" } as const;

/** A run to end: what can't be taken back names its run. */
export const endedRun = {
  ...RUN,
  parse: parseName,
  brief: "Id of the run or the beginning of it",
} as const;

/** A run to decide on. */
export const decidedRun = {
  ...RUN,
  brief: "Id of the run or the beginning of it; not needed if only one waits",
  optional: true,
} as const;

export const one = <P>(parameter: P) => ({ kind: "tuple", parameters: [parameter] }) as const;

/** A command without arguments and with the common flags only. */
export const plainCommand = (
  brief: string,
  loader: () => Promise<(this: Cli, flags: CommonFlags) => Promise<void>>,
): Command<Cli> =>
  buildCommand<CommonFlags, [], Cli>({ docs: { brief }, parameters: { flags: COMMON }, loader });

/** A command on one run. */
export const runCommand = (
  brief: string,
  loader: () => Promise<(this: Cli, flags: CommonFlags, run: string) => Promise<void>>,
): Command<Cli> =>
  buildCommand<CommonFlags, [string], Cli>({
    docs: { brief },
    parameters: { flags: COMMON, positional: one(run) },
    loader,
  });
