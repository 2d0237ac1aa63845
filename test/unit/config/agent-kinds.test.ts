/** Kinds of agents as the configuration sees them, shown with a made-up second one. */
import { expect, test } from "vitest";
import { z } from "zod";
import { ok } from "../../../src/core/result.ts";
import {
  agentFields,
  secretNamesOf,
  type AgentKind,
  type AgentKinds,
} from "../../../src/stage/agents/agent-kind.ts";
import { AGENT_KINDS, type AgentDefinition } from "../../../src/stage/agents/kinds.ts";
import { createConfigCheck } from "../../../src/stage/config/check-config.ts";
import { configFileOf } from "../../../src/stage/config/config-schema.ts";
import { text, variable, whole } from "../../../src/stage/config/fields.ts";
import { showPath } from "../../../src/stage/config/locate.ts";

interface PigeonDefinition {
  readonly kind: "pigeon";
  readonly name: string;
  readonly loft: string;
  readonly birds: number;
  readonly whistleEnv?: string | undefined;
}

const FIELDS = {
  loft: text("must name a loft").optional(),
  birds: whole(1, 9).optional(),
  "whistle-env": variable().optional(),
};

const PIGEONS: AgentKind<z.infer<z.ZodObject<typeof FIELDS>>, PigeonDefinition> = {
  kind: "pigeon",
  fields: FIELDS,
  marks: ["loft"],
  privateFields: ["loft"],
  define: (name, { loft = "", birds = 1, "whistle-env": whistleEnv }) => ({
    kind: "pigeon",
    name,
    loft,
    birds,
    whistleEnv,
  }),
  problems({ loft }) {
    if (loft === "") return [{ message: "pigeons need a loft", hint: "Add loft." }];
    if (!loft.startsWith("http")) return [];
    return [{ key: "loft", message: "`loft` is no address", hint: "Write its name." }];
  },
  secretNames: ({ whistleEnv }) => (whistleEnv === undefined ? [] : [whistleEnv]),
};

const KINDS: AgentKinds<AgentDefinition | PigeonDefinition> = [...AGENT_KINDS, PIGEONS];
const check = createConfigCheck(KINDS);
const locate = (path: Parameters<typeof showPath>[0], part: string) => ({
  file: `${showPath(path)} (${part})`,
});
const read = (agents: unknown, given: readonly string[] = []) =>
  check({ agents }, { locate, readPrompt: () => ok("x"), given });
const problems = (agents: unknown, given: readonly string[] = []) => {
  const checked = read(agents, given);
  return checked.ok
    ? []
    : checked.error.map(
        ({ code, place, message, hint }) => `${code} ${place.file} ${message} ${hint}`,
      );
};

test("each agent is defined by the kind it is of", () => {
  const checked = read({ a: { loft: "north", birds: 3, summary: "coo" }, b: { command: ["x"] } });
  expect(checked.ok && checked.value.agents).toEqual([
    { kind: "pigeon", name: "a", loft: "north", birds: 3 },
    { kind: "command", name: "b", command: ["x"] },
  ]);
});

test.each<[string, object, ...string[]]>([
  [
    "its own finding has its place, and the hint that goes with it",
    { loft: "http://x" },
    "CONFIG_BAD_AGENT agents.a.loft (value) Agent a: `loft` is no address. Write its name.",
  ],
  [
    "a field that only one kind has says which is meant, when nothing else does",
    { birds: 2 },
    "CONFIG_BAD_AGENT agents.a (key) Agent a: pigeons need a loft. Add loft.",
  ],
  [
    "a field of another kind says whose it is",
    { loft: "north", args: ["-v"] },
    "CONFIG_BAD_AGENT agents.a.args (value) Agent a: `args` is for agents of kind command or acp, but this one is of kind pigeon by its `loft`. Remove args or loft.",
  ],
  [
    "of two marks the first kind's wins",
    { loft: "north", command: ["x"] },
    "CONFIG_BAD_AGENT agents.a.loft (value) Agent a: `loft` is for agents of kind pigeon, but this one is of kind command by its `command`. Remove loft or command.",
  ],
  [
    "a mistyped field is looked for among those of all kinds",
    { loft: "north", brids: 2 },
    'CONFIG_UNKNOWN_KEY agents.a.brids (key) "brids" is not an option of agents.a. Did you mean birds?',
  ],
  [
    "types and ranges are the field's own, and private values are not repeated",
    { loft: 3, birds: 20 },
    "CONFIG_WRONG_TYPE agents.a.loft (value) agents.a.loft must name a loft. Correct the value, or remove the line to use the default.",
    "CONFIG_OUT_OF_RANGE agents.a.birds (value) agents.a.birds must be a whole number from 1 to 9, not 20. Correct the value, or remove the line to use the default.",
  ],
])("%s", (_, agent, ...expected) => {
  expect(new Set(problems({ a: agent }))).toEqual(new Set(expected));
});

test("the variables that hold secrets are those each kind names of its own agents", () => {
  const checked = read({
    a: { loft: "north", "whistle-env": "TUNE" },
    b: { loft: "south" },
    c: { command: ["x"], "pass-env": ["MODE"] },
  });
  expect(checked.ok && secretNamesOf(KINDS, checked.value.agents)).toEqual(["TUNE"]);
});

test("the JSON Schema has the fields of every kind", () => {
  const schema = JSON.stringify(z.toJSONSchema(configFileOf(KINDS), { io: "input" }));
  for (const field of ["preset", "loft", "whistle-env", "summary"])
    expect(schema).toContain(`"${field}":`);
});

test("kinds share a field of one name only when it is the same", () => {
  expect(() => agentFields([PIGEONS, { ...PIGEONS, kind: "dove" }])).not.toThrow();
  const other = { ...PIGEONS, fields: { loft: text("must be another").optional() } };
  expect(() => agentFields([PIGEONS, other])).toThrow(/define the field loft/);
  const common = { ...PIGEONS, fields: { summary: text().optional() } };
  expect(() => agentFields([common])).toThrow(/define the field summary/);
});

const placesOf = (agent: object) => problems({ a: agent }).map((line) => line.split(" Agent")[0]);

test("a field of a command agent that doesn't fit is named where it stands", () => {
  expect(placesOf({ command: ["x"], prompt: "file" })).toEqual([
    "CONFIG_BAD_AGENT agents.a.prompt (value)",
  ]);
  expect(placesOf({ command: ["x"], args: ["-p", "{prompt}"], answer: "file" })).toEqual([
    "CONFIG_BAD_AGENT agents.a.answer (value)",
    "CONFIG_BAD_AGENT agents.a.args[2] (value)",
  ]);
  expect(placesOf({ preset: "claude", answer: "stdout" })).toEqual([
    "CONFIG_BAD_AGENT agents.a.answer (value)",
  ]);
  expect(placesOf({ command: ["x"], env: { WAVEGATE_RUN: "1" } })).toEqual([
    "CONFIG_BAD_AGENT agents.a.env.WAVEGATE_RUN (value)",
  ]);
});

test("agents that are given besides can be named by roles, and their names are taken", () => {
  const players = { stages: { planning: { qa: { agent: "mine" } } } };
  const context = { locate, readPrompt: () => ok("x") };
  expect(check(players, { ...context, given: ["mine"] })).toMatchObject({ ok: true });
  expect(check(players, context)).toMatchObject({ ok: false });
  expect(problems({ mine: { command: ["x"] } }, ["mine"])).toEqual([
    "CONFIG_BAD_NAME agents.mine (key) An agent can't be called mine: the program that opened wavegate brings an agent of that name. Choose another name.",
  ]);
});
