import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { formatPlace } from "../../../src/core/place.ts";
import { ok } from "../../../src/core/result.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { STAGE_NAMES } from "../../../src/stage/built-in/stages.ts";
import { checkConfig } from "../../../src/stage/config/check-config.ts";
import { NO_CONFIG } from "../../../src/stage/config/config.ts";
import { resolveStage } from "../../../src/stage/config/resolve-stage.ts";

/** Problems as one line each: code, place, message, hint. */
function problems(text: string): readonly string[] {
  const read = readConfig(text, "w.yaml");
  return read.ok
    ? []
    : read.error.map((d) => `${d.code} ${formatPlace(d.place)} ${d.message} ${d.hint}`);
}

/** What is left of stages that the file says nothing about. */
const NO_OPTIONS = Object.fromEntries(STAGE_NAMES.map((name) => [name, { roles: {} }]));

/** Lines under `stages: planning:`, indented by four: the first is line 3. */
const planning = (body: string) =>
  `stages:\n  planning:\n${body
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n")}\n`;

const SYNTAX = "Check indentation, brackets and quotes around here.";
const FEATURE = "Use plain keys, values, lists and groups only.";
const DEFAULT = "Correct the value, or remove the line to use the default.";
const NO_SHELL =
  'An argument has shell syntax, but no shell is used: it would be passed as it is. Remove it, or run a shell yourself: ["sh", "-c", "…"].';
const C = "stages.planning.concurrency must be a whole number from 1 to 64, not";

const BAD: readonly (readonly [string, ...string[]])[] = [
  // The file itself.
  [
    "agents: [",
    `CONFIG_SYNTAX w.yaml:1:10 This is not a usable file: unexpected end of the stream within a flow collection. ${SYNTAX}`,
  ],
  [
    "[".repeat(5_000),
    `CONFIG_SYNTAX w.yaml:1:32 This is not a usable file: nesting exceeded maxDepth (32). ${SYNTAX}`,
  ],
  [
    "agents: *x",
    `CONFIG_YAML_FEATURE w.yaml:1:9 This is not a usable file: an alias (*name) stands here; write the value itself. ${FEATURE}`,
  ],
  [
    "agents: &x {}",
    `CONFIG_YAML_FEATURE w.yaml:1:9 This is not a usable file: an anchor (&name) stands here; remove it. ${FEATURE}`,
  ],
  [
    "a: &x\n  b: *x\n",
    `CONFIG_YAML_FEATURE w.yaml:1:4 This is not a usable file: an anchor (&name) stands here; remove it. ${FEATURE}`,
    `CONFIG_YAML_FEATURE w.yaml:2:6 This is not a usable file: an alias (*name) stands here; write the value itself. ${FEATURE}`,
  ],
  [
    "agents: !foo {}",
    `CONFIG_YAML_FEATURE w.yaml:1:9 This is not a usable file: a tag (!name) stands here; remove it. ${FEATURE}`,
  ],
  [
    "<<: {}",
    `CONFIG_YAML_FEATURE w.yaml:1:1 This is not a usable file: the key "<<" is not supported. ${FEATURE}`,
  ],
  [
    "__proto__: {}",
    `CONFIG_YAML_FEATURE w.yaml:1:1 This is not a usable file: the key "__proto__" is not supported. ${FEATURE}`,
  ],
  [
    "? [a]\n: b",
    `CONFIG_YAML_FEATURE w.yaml:1:3 This is not a usable file: a key must be plain text. ${FEATURE}`,
  ],
  [
    "---\nversion: 1\n---\nversion: 1\n",
    `CONFIG_YAML_FEATURE w.yaml:1:1 This is not a usable file: the file holds several documents; use one. ${FEATURE}`,
  ],
  [
    "version: 1\nlimits: {agents: 1, agents: 2}\nversion: 1",
    'CONFIG_DUPLICATE_KEY w.yaml:2:21 This is not a usable file: the key "agents" stands here a second time. Keep one of the two.',
    'CONFIG_DUPLICATE_KEY w.yaml:3:1 This is not a usable file: the key "version" stands here a second time. Keep one of the two.',
  ],
  [
    "- a",
    `CONFIG_WRONG_TYPE w.yaml:1:1 The configuration must be a group of keys and values, not a list. ${DEFAULT}`,
  ],
  [
    "version: 2",
    "CONFIG_UNKNOWN_CHOICE w.yaml:1:10 version must be 1, the only version this wavegate knows, not 2. Update wavegate, or write version: 1.",
  ],
  // Keys.
  [
    "agnets: {}",
    'CONFIG_UNKNOWN_KEY w.yaml:1:1 "agnets" is not an option of the configuration. Did you mean agents?',
  ],
  [
    "foo: 1",
    'CONFIG_UNKNOWN_KEY w.yaml:1:1 "foo" is not an option of the configuration. Use one of: $schema, version, agents, profile, roles, stages, gates, scores, resources, rules, budget, prices, limits, worker, prompts, sandbox, execution, workspace, machines, secrets, redact.',
  ],
  [
    planning("concurency: 3"),
    'CONFIG_UNKNOWN_KEY w.yaml:3:5 "concurency" is not an option of stages.planning. Did you mean concurrency?',
  ],
  [
    planning("rework_rounds: 2"),
    'CONFIG_UNKNOWN_KEY w.yaml:3:5 "rework_rounds" is not an option of stages.planning. Did you mean rework-rounds?',
  ],
  [
    planning("roles: { risk: { timout: 3m } }"),
    'CONFIG_UNKNOWN_KEY w.yaml:3:22 "timout" is not an option of stages.planning.roles.risk. Did you mean timeout?',
  ],
  [
    planning("qa: { needs: [risk] }"),
    'CONFIG_UNKNOWN_KEY w.yaml:3:11 "needs" is not an option of stages.planning.qa. Use one of: agent, fallback, prompt, prompt-file, size, timeout, stall, memory, budget.',
  ],
  [
    "agents: { a: { comand: [x] } }",
    'CONFIG_UNKNOWN_KEY w.yaml:1:16 "comand" is not an option of agents.a. Did you mean command?',
  ],
  // Types and ranges.
  [planning("concurrency: 0"), `CONFIG_OUT_OF_RANGE w.yaml:3:18 ${C} 0. ${DEFAULT}`],
  [planning("concurrency: -1"), `CONFIG_OUT_OF_RANGE w.yaml:3:18 ${C} -1. ${DEFAULT}`],
  [planning("concurrency: 1.5"), `CONFIG_OUT_OF_RANGE w.yaml:3:18 ${C} 1.5. ${DEFAULT}`],
  [
    planning("concurrency: 1000000000"),
    `CONFIG_OUT_OF_RANGE w.yaml:3:18 ${C} 1000000000. ${DEFAULT}`,
  ],
  [planning('concurrency: "3"'), `CONFIG_WRONG_TYPE w.yaml:3:18 ${C} "3". Remove the quotes.`],
  [planning("concurrency: .nan"), `CONFIG_WRONG_TYPE w.yaml:3:18 ${C} NaN. ${DEFAULT}`],
  [planning("concurrency: [1]"), `CONFIG_WRONG_TYPE w.yaml:3:18 ${C} a list. ${DEFAULT}`],
  [
    planning("quorum: { ratio: 75 }"),
    "CONFIG_OUT_OF_RANGE w.yaml:3:22 stages.planning.quorum.ratio must be a number from 0 to 1, not 75. Did you mean 0.75?",
  ],
  [
    planning("quorum: { ratio: 75% }"),
    'CONFIG_WRONG_TYPE w.yaml:3:22 stages.planning.quorum.ratio must be a number from 0 to 1, not "75%". Did you mean 0.75?',
  ],
  [
    planning("quorum: { ratio: 2 }"),
    "CONFIG_OUT_OF_RANGE w.yaml:3:22 stages.planning.quorum.ratio must be a number from 0 to 1, not 2. Write a share from 0 to 1: 0.75 is three quarters, 1 is all.",
  ],
  [
    planning("quorum: { ratio: -0.1 }"),
    `CONFIG_OUT_OF_RANGE w.yaml:3:22 stages.planning.quorum.ratio must be a number from 0 to 1, not -0.1. ${DEFAULT}`,
  ],
  [
    planning("quorum: 3"),
    `CONFIG_WRONG_TYPE w.yaml:3:13 stages.planning.quorum must be a group of keys and values, not 3. ${DEFAULT}`,
  ],
  [
    planning("profile: coding_agent"),
    'CONFIG_UNKNOWN_CHOICE w.yaml:3:14 stages.planning.profile must be one of coding-agent, api, not "coding_agent". Did you mean coding-agent?',
  ],
  [
    planning("sequential-second-try: yes"),
    'CONFIG_WRONG_TYPE w.yaml:3:28 stages.planning.sequential-second-try must be true or false, not "yes". Write true or false.',
  ],
  [
    planning("timeouts: { agent: soon }"),
    'CONFIG_BAD_DURATION w.yaml:3:24 stages.planning.timeouts.agent: "soon" is not a duration: write a number and a unit, like 30s, 15m or 2h. Write a number and a unit: ms, s, m, h or d.',
  ],
  [
    planning("timeouts: { agent: 30 }"),
    "CONFIG_WRONG_TYPE w.yaml:3:24 stages.planning.timeouts.agent must be a duration with its unit, like 30s, 15m or 2h, not 30. Write the unit: 30s, 30m or 30h.",
  ],
  [
    planning("timeouts: { agent: 90d }"),
    'CONFIG_BAD_DURATION w.yaml:3:24 stages.planning.timeouts.agent: "90d" is longer than 24 days, the most a timer can wait. Write a number and a unit: ms, s, m, h or d.',
  ],
  [
    planning("retry: { initial: 1m, max: 1s }"),
    "CONFIG_CONTRADICTION w.yaml:3:23 The first wait before a retry is longer than the longest. Make retry.initial at most retry.max.",
  ],
  // Roles and quorum.
  [
    planning("quorum:\n  minimum: 9"),
    "CONFIG_QUORUM_IMPOSSIBLE w.yaml:4:16 quorum.minimum is 9, but the stage has 4 roles: it could never be met. Set it to 4 or less, or add roles.",
  ],
  [
    planning("quorum: { required: [risk, requirments] }"),
    'CONFIG_UNKNOWN_ROLE w.yaml:3:32 There is no role "requirments" in this stage. Did you mean requirements?',
  ],
  [
    planning("roles: { securty: {}, risk: { needs: [security] } }"),
    "CONFIG_INCOMPLETE_ROLE w.yaml:3:14 The role securty is not a built-in one, and lacks title, agent, contract, prompt. Give it title, agent, contract and prompt.",
    'CONFIG_UNKNOWN_ROLE w.yaml:3:43 There is no role "security" in this stage. Use one of: requirements, architecture, estimation.',
  ],
  [
    "agents: { Bad_One: { preset: claud, bogus: 1, env: { a-b: x } } }",
    'CONFIG_BAD_NAME w.yaml:1:11 The name "Bad_One" must be a name of lower-case letters, digits and single dashes, at most 40 characters. Rename it, here and where it is used.',
    'CONFIG_UNKNOWN_CHOICE w.yaml:1:30 agents.Bad_One.preset must be one of claude, codex, gemini, opencode, qwen, not "claud". Did you mean claude?',
    'CONFIG_UNKNOWN_KEY w.yaml:1:37 "bogus" is not an option of agents.Bad_One. Use one of: preset, command, prompt, answer, args, pass-env, env, sandbox, acp, npx, session-mode, session-model, sessions-per-process, permissions, model, base-url, key-env, headers, header-env, temperature, max-output-tokens, answer-as, prompt-cache, inline-inputs, summary, provider, price.',
    'CONFIG_BAD_NAME w.yaml:1:54 The name "a-b" must be the name of a variable. Rename it, here and where it is used.',
  ],
  [
    planning("roles: { Bad_One: { size: huge } }"),
    'CONFIG_BAD_NAME w.yaml:3:14 The name "Bad_One" must be a name of lower-case letters, digits and single dashes, at most 40 characters. Rename it, here and where it is used.',
    `CONFIG_UNKNOWN_CHOICE w.yaml:3:31 stages.planning.roles.Bad_One.size must be one of simple, normal, complex, not "huge". ${DEFAULT}`,
  ],
  [
    planning("roles: { risk: { needs: [architektur] } }"),
    'CONFIG_UNKNOWN_ROLE w.yaml:3:30 There is no role "architektur" in this stage. Did you mean architecture?',
  ],
  [
    planning("roles: { rsk: { size: complex } }"),
    "CONFIG_INCOMPLETE_ROLE w.yaml:3:14 The role rsk is not a built-in one, and lacks title, agent, contract, prompt. Did you mean risk? A role of your own needs title, agent, contract and prompt.",
  ],
  [
    planning("roles: { UX_Person: { title: UX } }"),
    'CONFIG_BAD_NAME w.yaml:3:14 The name "UX_Person" must be a name of lower-case letters, digits and single dashes, at most 40 characters. Rename it, here and where it is used.',
  ],
  ...["reviewer", "synthesizer", "qa"].map(
    (lead) =>
      [
        planning(`roles: { ${lead}: { size: complex } }`),
        `CONFIG_BAD_NAME w.yaml:3:14 A role can't be called ${lead}: that is the name of the stage's ${lead}. Choose another name; options of the ${lead} stand under ${lead}, beside roles.`,
      ] as const,
  ),
  [
    planning("roles: { risk: { needs: [risk] } }"),
    "CONFIG_ROLE_CYCLE w.yaml:3:30 Roles wait for each other: risk needs risk (w.yaml:3:30). Remove one of these needs.",
  ],
  [
    planning(
      "roles:\n  risk:\n    needs: [architecture]\n  architecture: { needs: [estimation] }\n  estimation:\n    needs:\n      - risk",
    ),
    "CONFIG_ROLE_CYCLE w.yaml:6:31 Roles wait for each other: architecture needs estimation (w.yaml:6:31), estimation needs risk (w.yaml:9:13), risk needs architecture (w.yaml:5:17). Remove one of these needs.",
  ],
  [
    planning("roles: { risk: { prompt: 'At {featur} and {spec} of {feature}' } }"),
    "CONFIG_UNKNOWN_PLACEHOLDER w.yaml:3:30 Nothing fills the placeholder {featur} of this prompt. Did you mean {feature}?",
    "CONFIG_UNKNOWN_PLACEHOLDER w.yaml:3:30 Nothing fills the placeholder {spec} of this prompt. Use {feature}, {role}, {stage}, or write it without braces.",
  ],
  [
    planning("qa: { prompt: '{fature}', prompt-file: a.md }"),
    "CONFIG_UNKNOWN_PLACEHOLDER w.yaml:3:19 Nothing fills the placeholder {fature} of this prompt. Did you mean {feature}?",
    "CONFIG_CONTRADICTION w.yaml:3:31 A role has its prompt here or in a file, not both. Remove prompt or prompt-file.",
    "CONFIG_PROMPT_FILE w.yaml:3:44 The prompt file can't be used: files are not read here. Give the path of a text file in the project, relative to the configuration.",
  ],
  [
    planning("qa: { prompt-file: a.md }"),
    "CONFIG_PROMPT_FILE w.yaml:3:24 The prompt file can't be used: files are not read here. Give the path of a text file in the project, relative to the configuration.",
  ],
  // Agents.
  [
    `${planning("roles: { risk: { agent: cluade } }")}agents: { claude: { preset: claude } }`,
    'CONFIG_UNKNOWN_AGENT w.yaml:3:29 There is no agent "cluade". Did you mean claude?',
  ],
  [
    planning("reviewer: { fallback: nobody }"),
    'CONFIG_UNKNOWN_AGENT w.yaml:3:27 There is no agent "nobody". Define it under agents, or use one of: builtin.',
  ],
  [
    "agents: { builtin: { preset: claude } }",
    "CONFIG_BAD_NAME w.yaml:1:11 An agent can't be called builtin: that is the name of the built-in analysts. Choose another name.",
  ],
  [
    "agents: { a: { preset: cluade } }",
    'CONFIG_UNKNOWN_CHOICE w.yaml:1:24 agents.a.preset must be one of claude, codex, gemini, opencode, qwen, not "cluade". Did you mean claude?',
  ],
  [
    "agents: { a: { acp: cluade } }",
    `CONFIG_WRONG_TYPE w.yaml:1:21 agents.a.acp must be one of claude, codex, gemini, opencode, qwen, copilot, or a list: a program and its arguments. Did you mean claude?`,
  ],
  [
    "agents: { a: { acp: claude, permissions: { exec: allow, exekute: allow } } }",
    `CONFIG_UNKNOWN_KEY w.yaml:1:44 "exec" is not an option of agents.a.permissions. Use one of: read, search, think, fetch, edit, delete, move, execute, switch_mode, other.`,
    `CONFIG_UNKNOWN_KEY w.yaml:1:57 "exekute" is not an option of agents.a.permissions. Did you mean execute?`,
  ],
  [
    "agents: { a: {} }",
    "CONFIG_BAD_AGENT w.yaml:1:11 Agent a: nothing says what it is: it needs one of `preset`, `command`, `acp` and `model`. Name a known program (preset: claude), any program (command: [python3, agent.py]), an agent of the protocol (acp: claude), or a model (model: PROVIDER/MODEL).",
  ],
  [
    "agents: { a: { command: [] } }",
    `CONFIG_OUT_OF_RANGE w.yaml:1:25 agents.a.command must name a program. ${DEFAULT}`,
  ],
  [
    "agents: { a: { command: ./x --json | tee } }",
    'CONFIG_WRONG_TYPE w.yaml:1:25 agents.a.command must be a list of texts: the program and its arguments. Write a list, since no shell is used: ["program", "first argument"].',
  ],
  [
    "agents: { a: { command: [./x --json | tee] } }",
    'CONFIG_BAD_COMMAND w.yaml:1:26 The first item of a command is one program, started without a shell. Give each argument an item of its own, or run a shell: ["sh", "-c", "…"].',
  ],
  [
    "agents: { a: { command: [x, '|', $HOME] } }",
    `CONFIG_BAD_COMMAND w.yaml:1:29 ${NO_SHELL}`,
    `CONFIG_BAD_COMMAND w.yaml:1:34 ${NO_SHELL}`,
  ],
  [
    "agents: { a: { command: [x], env: [B] } }",
    `CONFIG_WRONG_TYPE w.yaml:1:35 agents.a.env must be a group of names and values; to pass variables on, list them in pass-env. ${DEFAULT}`,
  ],
  [
    "agents: { a: { command: [x], env: { 1B: x } } }",
    'CONFIG_BAD_NAME w.yaml:1:37 The name "1B" must be the name of a variable. Rename it, here and where it is used.',
  ],
  [
    "agents: { a: { command: [x], env: { MY_TOKEN: hunter22 } } }",
    "CONFIG_INLINE_SECRET w.yaml:1:47 The value of MY_TOKEN looks like a secret, and this file is usually committed. Set MY_TOKEN in your environment and list it under pass-env.",
  ],
  [
    "agents: { a: { command: [x, --key, sk-abcdefghijklmnop] } }",
    "CONFIG_INLINE_SECRET w.yaml:1:36 An argument looks like a secret, and this file is usually committed. Give it to the program in a variable of your environment, listed under pass-env.",
  ],
  [
    "agents: { a: { model: mistral/large }, b: { model: openai-compatible/x }, c: { model: ollama/x, base-url: 'ftp://x' } }",
    "CONFIG_BAD_AGENT w.yaml:1:23 Agent a: `model` must be a provider and one of its models, with a slash between. Write PROVIDER/MODEL; the providers are anthropic, openai, google, openai-compatible, ollama, vllm, llama-cpp.",
    "CONFIG_BAD_AGENT w.yaml:1:52 Agent b: openai-compatible has no address of its own, so `base-url` must be given. Add base-url, as http://127.0.0.1:8000/v1.",
    "CONFIG_BAD_AGENT w.yaml:1:107 Agent c: `base-url` must be a whole address, with https:// or http://, a host and a possible port. Write it with its version, as https://api.example.com/v1.",
  ],
  [
    "agents: { a: { model: vllm/x, base-url: 'http://me:pw@h/v1', headers: { Authorization: Bearer x, Host: h, X-Ok: y } } }",
    "CONFIG_INLINE_SECRET w.yaml:1:41 `base-url` holds a name, a password or a key, and this file is usually committed. Write the address alone, and name the variable with the key in key-env.",
    "CONFIG_INLINE_SECRET w.yaml:1:88 The header Authorization looks like a secret, and this file is usually committed. Set a variable in your environment and name it under header-env: { Authorization: NAME }.",
    'CONFIG_BAD_AGENT w.yaml:1:104 Agent a: "Host" in `headers` is reserved: it is set with each request. Remove it.',
  ],
  [
    "agents: { a: { model: ollama/x, temperature: 3, max-output-tokens: 0, answer-as: xml, header-env: { X: a-b } } }",
    `CONFIG_OUT_OF_RANGE w.yaml:1:46 agents.a.temperature must be a number from 0 to 2, not 3. ${DEFAULT}`,
    `CONFIG_OUT_OF_RANGE w.yaml:1:68 agents.a.max-output-tokens must be a whole number from 1 to 1000000, not 0. ${DEFAULT}`,
    `CONFIG_UNKNOWN_CHOICE w.yaml:1:82 agents.a.answer-as must be one of schema, json, text, not "xml". ${DEFAULT}`,
    `CONFIG_BAD_NAME w.yaml:1:104 agents.a.header-env.X must be the name of a variable, not "a-b". ${DEFAULT}`,
  ],
  [
    "redact: [MY-VAR]",
    `CONFIG_BAD_NAME w.yaml:1:10 redact[1] must be the name of a variable, not "MY-VAR". ${DEFAULT}`,
  ],
  // Places: JSON, other line ends, a BOM, characters of several code units; several problems at once, in order.
  [
    '{"limits": {"agents": "8"},\r\n "worker": {"concurency": 2}}',
    'CONFIG_WRONG_TYPE w.yaml:1:23 limits.agents must be a whole number from 1 to 1000, not "8". Remove the quotes.',
    'CONFIG_UNKNOWN_KEY w.yaml:2:13 "concurency" is not an option of worker. Did you mean concurrency?',
  ],
  [
    "\uFEFF# c\r\nlimits: { 'ä😀': 1, agents: x }",
    'CONFIG_UNKNOWN_KEY w.yaml:2:11 "ä😀" is not an option of limits. Use one of: agents, providers.',
    `CONFIG_WRONG_TYPE w.yaml:2:28 limits.agents must be a whole number from 1 to 1000, not "x". ${DEFAULT}`,
  ],
];

test.each(BAD)("%s", (text, ...expected) => {
  expect(problems(text)).toEqual(expected);
});

test("every code is explained in docs/configuration.md", () => {
  const docs = readFileSync(
    path.resolve(import.meta.dirname, "../../../docs/configuration.md"),
    "utf8",
  );
  const codes = new Set(
    BAD.flatMap(([, ...lines]) => lines.map((line) => line.split(" ")[0] ?? "")),
  );
  expect([...codes].filter((code) => !docs.includes(`| \`${code}\` |`))).toEqual([]);
  expect(codes.size).toBeGreaterThan(15);
});

test("one mistake hides no other, and causes none", () => {
  const text = `${planning("concurrency: 0\nroles: { risk: { agent: claude, size: big }, ux: { title: 3 } }\nquorum: { minimum: 7 }")}agents: { claude: { preset: cluade } }\n`;
  expect(problems(text).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "CONFIG_OUT_OF_RANGE w.yaml:3:18",
    "CONFIG_UNKNOWN_CHOICE w.yaml:4:43",
    "CONFIG_WRONG_TYPE w.yaml:4:63",
    "CONFIG_QUORUM_IMPOSSIBLE w.yaml:5:24",
    "CONFIG_UNKNOWN_CHOICE w.yaml:6:29",
  ]);
});

test("a value that may be secret is never repeated", () => {
  const canary = "sk-canary0123456789abcdef";
  const texts = [
    `agents: { a: { command: ${canary}, env: { X: [${canary}] }, args: ${canary} } }`,
    `agents: { a: { command: [x, ${canary}], env: { X: ${canary} } } }`,
    `limits: { agents: ${canary} }\nworker: ${canary}\nredact: [${canary}]`,
    planning(`roles: { risk: { agent: ${canary}, needs: [${canary}] } }`),
    `${canary}: 1`,
  ];
  for (const text of texts) {
    expect(problems(text).length).toBeGreaterThan(0);
    expect(problems(text).join("\n")).not.toContain("canary");
  }
});

test("a file that is too large is refused before it is parsed", () => {
  expect(problems(`# ${"x".repeat(300_000)}`)).toEqual([
    "CONFIG_TOO_LARGE w.yaml:1:1 The file has 300002 characters. Keep it below 262144; long prompts go into files of their own (prompt-file).",
  ]);
});

describe("a right configuration", () => {
  test.each(["", "# nothing\n", "---\n", "{}", "agents:\nstages:\n  planning:\n"])(
    "%j is the same as none",
    (text) => {
      const read = readConfig(text, "w.yaml");
      expect(read).toEqual(ok({ ...NO_CONFIG, stages: NO_OPTIONS }));
      if (read.ok)
        expect(resolveStage(read.value.stages["planning"] ?? {}, PLANNING)).toEqual(PLANNING);
    },
  );

  test("has every option in the stage that runs", () => {
    const text = `${planning(`profile: api
concurrency: 2
quorum: { minimum: 2, ratio: 0.5, required: [risk] }
retry: { retries: 1, initial: 2s, max: 10s }
sequential-second-try: false
rework-rounds: 1
timeouts: { agent: 1m, stall: 20s, review: 2m, synthesis: 3m, qa: 4m, stage: 1h }
reviewer: { agent: mine, timeout: 90s }
synthesizer: { agent: mine, fallback: builtin, size: complex }
qa: { prompt: "Check {feature}." }
roles:
  risk: { agent: mine, fallback: builtin, size: simple, timeout: 45s, stall: 5s, concurrency: 1, needs: [requirements] }
  ux-research: { title: UX, agent: mine, contract: requirements_dossier, prompt-file: ux.md }`)}
agents: { mine: { command: [./my-agent, --json], args: [-v], prompt: stdin, answer: stdout, pass-env: [MY_TOKEN, "MY_*"], env: { MODE: fast }, summary: My own } }
limits: { agents: 8 }
scores: { complexity: 80, debt: 0 }
worker: { concurrency: 2 }
redact: [MY_ACCOUNT]
version: 1
`;
    const read = readConfig(text, "w.yaml", {
      readPrompt: (file) => ok(`From ${file} for {role}`),
    });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value).toMatchObject({
      agentLimit: 8,
      scores: { complexity: 80, debt: 0 },
      workerConcurrency: 2,
      redact: ["MY_ACCOUNT"],
    });
    expect(read.value.agents).toEqual([
      {
        kind: "command",
        name: "mine",
        command: ["./my-agent", "--json"],
        args: ["-v"],
        prompt: "stdin",
        answer: "stdout",
        passEnv: ["MY_TOKEN", "MY_*"],
        env: { MODE: "fast" },
        summary: "My own",
      },
    ]);
    const stage = resolveStage(read.value.stages["planning"] ?? {}, PLANNING);
    expect(stage).toMatchObject({
      profile: "api",
      concurrency: 2,
      quorum: { minimum: 2, ratio: 0.5, required: ["risk"] },
      retry: { retries: 1, initialMs: 2_000, maxMs: 10_000 },
      sequentialSecondTry: false,
      reworkRounds: 1,
      timeouts: {
        agentMs: 60_000,
        stallMs: 20_000,
        reviewMs: 120_000,
        synthesisMs: 180_000,
        qaMs: 240_000,
        stageMs: 3_600_000,
      },
      reviewer: { agent: "mine", timeoutMs: 90_000 },
      synthesizer: { agent: "mine", fallback: "builtin", size: "complex" },
      qa: { agent: "builtin", prompt: "Check {feature}." },
    });
    expect(stage.roles.map(({ name }) => name)).toEqual([
      "requirements",
      "architecture",
      "risk",
      "estimation",
      "ux-research",
    ]);
    expect(stage.roles[2]).toEqual({
      ...PLANNING.roles[2],
      agent: "mine",
      fallback: "builtin",
      size: "simple",
      timeoutMs: 45_000,
      stallMs: 5_000,
      concurrency: 1,
      needs: ["requirements"],
    });
    expect(stage.roles[4]).toEqual({
      name: "ux-research",
      title: "UX",
      agent: "mine",
      contract: "requirements_dossier",
      prompt: "From ux.md for {role}",
      needs: [],
      size: "normal",
    });
  });

  test("of a profile alone takes that profile's timeouts", () => {
    const read = readConfig(planning("profile: api"), "w.yaml");
    expect(
      read.ok && resolveStage(read.value.stages["planning"] ?? {}, PLANNING).timeouts.agentMs,
    ).toBe(30_000);
  });
});

test("no text and no value ever throws, and every problem has a place in the text", () => {
  const key = fc.constantFrom(
    "agents",
    "stages",
    "planning",
    "roles",
    "risk",
    "quorum",
    "needs",
    "ratio",
    "command",
    "env",
    "prompt",
    "prompt-file",
    "timeouts",
    "limits",
    "version",
    "__proto__",
    "constructor",
    "toString",
    "1",
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.oneof(fc.jsonValue({ maxDepth: 1 }), key, fc.double(), fc.string({ unit: "binary" })),
      fc.dictionary(fc.oneof(key, fc.string()), tie("tree"), { maxKeys: 5 }),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  const context = { locate: () => ({ file: "w" }), readPrompt: () => ok("x"), planning: PLANNING };
  fc.assert(
    fc.property(tree, (value) => {
      checkConfig(value, context);
      const text = JSON.stringify(value) ?? "";
      const read = readConfig(text, "w.yaml");
      for (const { place } of read.ok ? [] : read.error)
        expect(Number(place.line) >= 1 && Number(place.column) >= 1).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from("ab:-{}[],&*!|>'\"#%@\n\t \r?<.~1")) }),
      (text) => {
        readConfig(text, "w.yaml");
      },
    ),
    { numRuns: 2_000 },
  );
});
