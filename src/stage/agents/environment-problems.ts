import { ENV_NAME, ENV_PATTERN } from "../config/variable-name.ts";
import type { AgentProblem } from "./agent-kind.ts";

/** Variables as the definition of a program lists them. */
interface GivenVariables {
  readonly passEnv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The problem, if there is one. */
export const when = (broken: boolean, problem: AgentProblem): readonly AgentProblem[] =>
  broken ? [problem] : [];

/** What is wrong with the variables that a program is given. */
export const environmentProblems = ({
  passEnv = [],
  env = {},
}: GivenVariables): readonly AgentProblem[] => [
  ...passEnv.flatMap((pattern, item) =>
    when(!ENV_PATTERN.test(pattern), {
      key: "pass-env",
      item,
      message: `"${pattern}" in \`pass-env\` is not a variable name, nor one with a final *`,
      hint: "Write names of variables.",
    }),
  ),
  ...Object.entries(env).flatMap(([item, value]) => [
    ...when(!ENV_NAME.test(item), {
      key: "env",
      item,
      message: `"${item}" in \`env\` is not a variable name`,
      hint: "Rename it.",
    }),
    ...when(item.startsWith("WAVEGATE_"), {
      key: "env",
      item,
      message: `"${item}" in \`env\` is reserved: names with WAVEGATE_ are set by Wavegate`,
      hint: "Rename it.",
    }),
    ...when(value.includes("\0"), {
      key: "env",
      item,
      message: `the value of ${item} in \`env\` holds a NUL character`,
      hint: "Remove it.",
    }),
  ]),
];
