/** Budgets and prices in the configuration (PX-11): what is not known is asked for. */
import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { formatPlace } from "../../../src/core/place.ts";
import { capsOf } from "../../../src/stage/budget/cap.ts";
import { baseStage } from "../../../src/stage/config/own-stage.ts";
import { resolveStage } from "../../../src/stage/config/resolve-stage.ts";

const PRICE = "{ input: 2.5, output: 10, cache-read: 0.25, date: 2026-01-31, source: price list }";
const HINT =
  "Look its price up and add it under prices, with date and source; or set budget.call-usd, what one call may cost.";

function read(text: string) {
  const config = readConfig(text, "w.yaml");
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value;
}

const problems = (text: string): readonly string[] => {
  const config = readConfig(text, "w.yaml");
  return config.ok
    ? []
    : config.error.map((d) => `${d.code} ${formatPlace(d.place)} ${d.message} ${d.hint}`);
};

test("caps of run, stage and role, and what a call is taken to use", () => {
  const { budget, stages } = read(`budget: { usd: 20, call-tokens: 50000 }
stages:
  planning:
    budget: { tokens: 1000000 }
    roles: { risk: { budget: { usd: 0.3, call-usd: 0.1 } } }
`);
  const options = stages["planning"] ?? {};
  const stage = resolveStage(options, baseStage("planning", options));
  const none = { tokens: null, microUsd: null };
  expect(capsOf(budget, [stage])).toEqual([
    {
      stage: null,
      role: null,
      tokens: null,
      microUsd: 20e6,
      perCall: { tokens: 50_000, microUsd: null },
    },
    { stage: "planning", role: null, tokens: 1e6, microUsd: null, perCall: none },
    {
      stage: "planning",
      role: "risk",
      tokens: null,
      microUsd: 300_000,
      perCall: { tokens: null, microUsd: 100_000 },
    },
  ]);
});

test("an agent's price: by its name for it; what coding agents say and send of themselves is known", () => {
  const { costs } = read(`prices: { m-1: ${PRICE} }
agents:
  codex: { preset: codex, price: m-1 }
  claude: { preset: claude }
  own: { command: [own] }
`);
  const price = { input: 2.5, output: 10, cacheRead: 0.25, cacheWrite: null };
  expect(costs.get("codex")).toMatchObject({ price, reportsCost: false, requests: 6 });
  expect(costs.get("claude")).toMatchObject({ price: null, reportsCost: true });
  expect(costs.get("own")).toMatchObject({ price: null, reportsCost: false, requestBytes: 0 });
});

const cast = (agent: string) => `roles: { risk: { agent: ${agent} } }`;

test.each([
  [`budget: { usd: 0 }`, "CONFIG_OUT_OF_RANGE w.yaml:1:16"],
  [`budget: { tokens: 1.5 }`, "CONFIG_OUT_OF_RANGE w.yaml:1:19"],
  [`budget: { euro: 5 }`, "CONFIG_UNKNOWN_KEY w.yaml:1:11"],
  [`prices: { m: { input: 1, output: 2, date: 2026-13-01, source: x } }`, "w.yaml:1:43"],
  [`prices: { m: { input: 1, output: 2, date: 2026-01-01 } }`, "w.yaml:1:11"],
  [
    `agents: { a: { command: [a], price: m2 } }\nprices: { m-2: ${PRICE} }`,
    'CONFIG_UNKNOWN_PRICE w.yaml:1:37 There is no price "m2". Did you mean m-2?',
  ],
  [
    `budget: { usd: 5 }\nagents:\n  a: { preset: codex }\n${cast("a")}`,
    `CONFIG_UNKNOWN_PRICE w.yaml:3:3 Money is limited for the run, but what a costs is not known: it doesn't say, and has no price. ${HINT}`,
  ],
  [
    `agents:\n  a: { command: [a] }\nstages: { planning: { budget: { usd: 5 }, roles: { risk: { fallback: a } } } }`,
    `CONFIG_UNKNOWN_PRICE w.yaml:2:3 Money is limited for stage planning, but what a costs is not known: it doesn't say, and has no price. ${HINT}`,
  ],
])("%s", (text, expected) => {
  const found = problems(text);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});

test.each([
  `budget: { usd: 5, call-usd: 1 }\nagents: { a: { preset: codex } }\n${cast("a")}`,
  `budget: { usd: 5 }\nagents: { a: { preset: claude } }\n${cast("a")}`,
  `budget: { usd: 5 }\nprices: { m: ${PRICE} }\nagents: { a: { preset: codex, price: m } }\n${cast("a")}`,
  `budget: { tokens: 5 }\nagents: { a: { preset: codex } }\n${cast("a")}`,
  `budget: { usd: 5 }\nagents: { a: { preset: codex } }`,
  `stages: { review: { budget: { usd: 5 } } }\nagents: { a: { preset: codex } }\n${cast("a")}`,
])("nothing is asked for where nothing is missing: %s", (text) => {
  expect(problems(text)).toEqual([]);
});
