import { expect } from "vitest";
import type { Row } from "./row.ts";

const FILE = "wavegate.config.yaml";

const bad = (
  name: string,
  content: string | Uint8Array,
  at: readonly [line: number, column: number] | undefined,
  problems: readonly string[],
): Row => ({
  name: `a configuration with ${name}`,
  files: { [FILE]: content },
  act: ["plan", "specs/good"],
  exit: 1,
  code: "CONFIG_INVALID",
  place: { file: FILE, ...(at && { line: at[0], column: at[1] }) },
  problems,
  startsNothing: true,
});

const planning = (...lines: readonly string[]) =>
  ["stages:", "  planning:", ...lines.map((line) => `    ${line}`), ""].join("\n");

const CYCLE = ["roles:", "  risk: { needs: [estimation] }", "  estimation: { needs: [risk] }"];

const secret = (more: string) =>
  `agents: { a: { command: ["x"], env: { DB_PASS: "kan4ry-kan4ry" }${more} } }`;
/** Nobody reads it on the terminal either. */
const withSecret = (row: Row): Row => ({
  ...row,
  then: async ({ run }, { stdout }) => {
    const { stderr } = await run(["plan", "specs/good"]);
    expect(stderr).toContain("not shown");
    expect(stdout + stderr).not.toContain("kan4ry");
  },
});

/** Configurations that can't be used: all problems at once, nothing started. */
export const CONFIG_ROWS: readonly Row[] = [
  bad(
    "unknown keys",
    "agentz: {}\nlimits: { agent: 3 }\n",
    [1, 1],
    ["CONFIG_UNKNOWN_KEY:1", "CONFIG_UNKNOWN_KEY:2"],
  ),
  bad("a cycle between roles", planning(...CYCLE), [4, 23], ["CONFIG_ROLE_CYCLE:4"]),
  bad(
    "a quorum larger than the roles",
    planning("quorum: { minimum: 9 }"),
    [3, 24],
    ["CONFIG_QUORUM_IMPOSSIBLE:3"],
  ),
  bad(
    'timeout: "soon"',
    planning("roles:", '  risk: { timeout: "soon" }'),
    [4, 24],
    ["CONFIG_BAD_DURATION:4"],
  ),
  bad(
    "all of these at once",
    `agentz: {}\n${planning("quorum: { minimum: 9 }", ...CYCLE, '  architecture: { timeout: "soon" }')}`,
    [1, 1],
    [
      "CONFIG_UNKNOWN_KEY:1",
      "CONFIG_QUORUM_IMPOSSIBLE:4",
      "CONFIG_ROLE_CYCLE:6",
      "CONFIG_BAD_DURATION:8",
    ],
  ),
  withSecret(bad("a secret", `${secret("")}\n`, [1, 48], ["CONFIG_INLINE_SECRET:1"])),
  withSecret(
    bad("a mistake beside a secret", `${secret(", foo: 1")}\n`, [1, 67], ["CONFIG_UNKNOWN_KEY:1"]),
  ),
  withSecret(bad("broken YAML with a secret", secret("]"), [1, 65], ["CONFIG_SYNTAX:1"])),
  bad("broken YAML", "stages: [\n", [2, 1], ["CONFIG_SYNTAX:2"]),
  bad("bytes that are no text", new Uint8Array([0xff, 0xfe, 0]), undefined, []),
  bad(
    "an agent that nobody defined",
    planning("qa: { agent: claud }"),
    [3, 18],
    ["CONFIG_UNKNOWN_AGENT:3"],
  ),
  {
    ...bad("a mistake, looked at by `agents`", "agentz: {}\n", [1, 1], ["CONFIG_UNKNOWN_KEY:1"]),
    act: ["agents"],
  },
];
