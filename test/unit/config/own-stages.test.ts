import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { formatPlace } from "../../../src/core/place.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { reviewersOf } from "../../../src/stage/config/config.ts";
import { baseStage } from "../../../src/stage/config/own-stage.ts";
import { resolveStage } from "../../../src/stage/config/resolve-stage.ts";

/** Problems as one line each. */
function problems(text: string, file = "w.yaml"): readonly string[] {
  const read = readConfig(text, file, { given: ["mine"] });
  return read.ok
    ? []
    : read.error.map((d) => `${d.code} ${formatPlace(d.place)} ${d.message} ${d.hint}`);
}

/** A stage as a configuration makes it. */
function stageOf(text: string, name: string) {
  const read = readConfig(text, "w.yaml", { given: ["mine"] });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const options = read.value.stages[name] ?? {};
  return resolveStage(options, baseStage(name, options));
}

const OWN = `stages:
  threat-model:
    title: Threat model
    roles:
      attacker: { title: Attacker, agent: mine, contract: analysis_report, prompt: "Attack {feature}" }
    reviewer: { agent: mine }
    synthesizer: { agent: mine }
    qa: { agent: mine, prompt: "Check {stage}." }
    artifacts: [{ name: threat-model.md, sections: [Threats] }, { name: x.json, required: false }]
    requires: [{ name: plan.md, approved-by: planning }, { name: notes.md, or: [notes.txt] }]
    reads: [plan.md]
`;

test("a stage of one's own is a whole stage: its own documents, planning's policy", () => {
  const stage = stageOf(`${OWN}    concurrency: 2\n    gate: { prompt: Well? }\n`, "threat-model");
  expect(stage).toMatchObject({
    name: "threat-model",
    title: "Threat model",
    concurrency: 2,
    timeouts: PLANNING.timeouts,
    retry: PLANNING.retry,
    quorum: { minimum: 1, ratio: 0.75, required: [] },
    roles: [{ name: "attacker", agent: "mine", contract: "analysis_report" }],
    reviewer: { agent: "mine", contract: "review_summary" },
    qa: { agent: "mine", prompt: "Check {stage}." },
    artifacts: [
      { name: "threat-model.md", required: true, sections: ["Threats"] },
      { name: "x.json", required: false, sections: [] },
    ],
    checks: "report",
    reads: ["plan.md"],
    requires: [
      { name: "plan.md", approvedBy: "planning", or: [] },
      { name: "notes.md", approvedBy: null, or: ["notes.txt"] },
    ],
    gate: { prompt: "Well?" },
    closing: { message: "Threat model completed successfully", nextSteps: [] },
  });
  expect(stage.synthesizer.prompt).toContain(
    "threat-model.md with the sections Threats; x.json (only if",
  );
});

const NEEDS = "A stage of your own needs title, roles, artifacts, and agents for its leads.";

test.each([
  [
    "stages: { planing: { concurrency: 2 } }",
    `CONFIG_INCOMPLETE_STAGE w.yaml:1:11 The stage planing is not a built-in one, and lacks title, roles, artifacts, reviewer.agent, synthesizer.agent, qa.agent. Did you mean planning? ${NEEDS}`,
  ],
  [
    OWN.replace("qa: { agent: mine,", "qa: { agent: builtin,"),
    "CONFIG_INCOMPLETE_STAGE w.yaml:8:18 builtin can't be the qa of a stage of your own: it knows the built-in ones only. Name an agent from agents.",
  ],
  [
    OWN.replace("agent: mine, contract", "agent: builtin, contract"),
    "CONFIG_INCOMPLETE_ROLE w.yaml:5:43 builtin can't answer with analysis_report, which may be about anything. Name an agent from agents, or another contract.",
  ],
  [
    OWN.replace("threat-model:", "Threat_Model:"),
    'CONFIG_BAD_NAME w.yaml:2:3 The name "Threat_Model" must be a name of lower-case letters, digits and single dashes, at most 40 characters. Rename it, here and where it is used.',
  ],
  [
    OWN.replace("name: threat-model.md", "name: spec.md").replace("x.json", "spec.md"),
    "CONFIG_BAD_NAME w.yaml:9:25 An artifact can't be called spec.md: that is the specification. Choose another name.",
    "CONFIG_BAD_NAME w.yaml:9:65 An artifact can't be called spec.md: that is the specification. Choose another name.",
  ],
  [
    OWN.replace("x.json", "../x.json"),
    'CONFIG_BAD_NAME w.yaml:9:73 stages.threat-model.artifacts[2].name must be a file name with an ending, without folders, not "../x.json". Correct the value, or remove the line to use the default.',
  ],
  [
    OWN.replace("approved-by: planning", "approved-by: planing"),
    'CONFIG_UNKNOWN_STAGE w.yaml:10:46 There is no stage "planing". Did you mean planning?',
  ],
  [
    OWN.replace("approved-by: planning", "approved-by: threat-model"),
    "CONFIG_UNKNOWN_STAGE w.yaml:10:46 A stage can't need its own approval. Use one of: discovery, planning, preparation, review.",
  ],
  [
    "stages: { planning: { title: Mine }, review: { artifacts: [x.md] } }",
    'CONFIG_UNKNOWN_KEY w.yaml:1:23 "title" is not an option of stages.planning. Use one of: profile, concurrency, quorum, retry, sequential-second-try, synthesis-iterations, rework-rounds, memory, budget, cache, cache-ttl, timeouts, roles, reviewer, synthesizer, qa, gate.',
    'CONFIG_UNKNOWN_CHOICE w.yaml:1:60 stages.review.artifacts[1] must be one of coverage_report.html, security_scan.json, not "x.md". Correct the value, or remove the line to use the default.',
  ],
  [
    "roles: { arhcitecture: { agent: mine } }",
    'CONFIG_UNKNOWN_ROLE w.yaml:1:10 No stage has a role "arhcitecture". Did you mean architecture?',
  ],
  [
    "roles: { risk: { agent: mien } }",
    'CONFIG_UNKNOWN_AGENT w.yaml:1:25 There is no agent "mien". Did you mean mine?',
  ],
  [
    "gates: { reviewers: [] }\nstages: { review: { gate: { reviewers: [] } } }",
    "CONFIG_OUT_OF_RANGE w.yaml:1:21 gates.reviewers must name at least one person, not an empty list. Name who may decide, or remove the line if anyone may.",
    "CONFIG_OUT_OF_RANGE w.yaml:2:40 stages.review.gate.reviewers must name at least one person, not an empty list. Name who may decide, or remove the line if anyone may.",
  ],
  [
    "gates: { reviewers: ['', 3] }",
    'CONFIG_OUT_OF_RANGE w.yaml:1:22 gates.reviewers[1] must be the name of a person as it is recorded, at most 100 characters, not "". Correct the value, or remove the line to use the default.',
    "CONFIG_WRONG_TYPE w.yaml:1:26 gates.reviewers[2] must be the name of a person as it is recorded, at most 100 characters, not 3. Correct the value, or remove the line to use the default.",
  ],
])("%.70s", (text, ...expected) => {
  expect(problems(text)).toEqual(expected);
});

test("profile and roles of the whole file hold where a stage says nothing itself", () => {
  const text = `profile: api
roles: { reviewer: { agent: mine, fallback: builtin }, risk: { agent: mine, fallback: builtin } }
stages:
  review: { profile: coding-agent, reviewer: { agent: builtin } }
  planning: { roles: { risk: { size: complex } } }
`;
  const planning = stageOf(text, "planning");
  expect(planning).toMatchObject({ profile: "api", timeouts: { agentMs: 30_000 } });
  expect(planning.reviewer).toMatchObject({ agent: "mine", fallback: "builtin" });
  expect(planning.roles[2]).toMatchObject({ agent: "mine", fallback: "builtin", size: "complex" });
  expect(planning.roles[0]).toEqual(PLANNING.roles[0]);
  const review = stageOf(text, "review");
  expect(review).toMatchObject({ profile: "coding-agent", reviewer: { agent: "builtin" } });
  expect(review.reviewer.fallback).toBeUndefined();
  const own = stageOf(
    `roles: { reviewer: { agent: mine }, synthesizer: { agent: mine }, qa: { agent: mine } }
${OWN.replace(/ {4}(reviewer|synthesizer): .*\n/g, "")}`,
    "threat-model",
  );
  expect([own.reviewer.agent, own.synthesizer.agent]).toEqual(["mine", "mine"]);
});

const reviewersIn = (text: string, stage: string) => {
  const read = readConfig(text, "w.yaml");
  return read.ok ? reviewersOf(read.value, stage) : read.error;
};

test("who may decide: the stage's list, else the file's, else whoever does", () => {
  const text = "gates: { reviewers: [ada] }\nstages: { review: { gate: { reviewers: [grace] } } }";
  expect(["planning", "review", "gone"].map((stage) => reviewersIn(text, stage))).toEqual([
    ["ada"],
    ["grace"],
    ["ada"],
  ]);
  expect(reviewersIn("", "planning")).toBeNull();
});

const byText = (a: string, b: string) => a.localeCompare(b);

test("everything wrong at once is reported at once, at its place, in every form", () => {
  const value = {
    versionn: 1,
    version: 2,
    profile: "fast",
    roles: { nobody: { agent: "mine" }, risk: { agent: "ghost" } },
    agents: {
      a: {},
      builtin: { preset: "claude" },
      b: { preset: "x" },
      "B!": { preset: "claude" },
    },
    gates: { reviewers: "ada" },
    limits: { agents: 0 },
    worker: { concurrency: "4" },
    scores: { debt: 101 },
    redact: ["A-B"],
    stages: {
      planning: {
        title: "x",
        concurrency: 99,
        cache: "on",
        quorum: { minimum: 9, ratio: 75, required: ["riks"] },
        retry: { initial: "1m", max: "1s" },
        timeouts: { agent: 30, stage: "soon" },
        roles: { risk: { needs: ["risk"] }, qa: { size: "simple" }, mine: { prompt: "{nope}" } },
        gate: { prompts: "x" },
      },
      own: { artifacts: [], requires: [{ name: "a.md", "approved-by": "nothing" }] },
    },
  };
  const expected = [
    ["CONFIG_UNKNOWN_KEY", "versionn", "title"],
    ["CONFIG_UNKNOWN_CHOICE", "version", "profile", "agents.b.preset", "stages.planning.cache"],
    ["CONFIG_UNKNOWN_ROLE", "roles.nobody", "stages.planning.quorum.required"],
    ["CONFIG_UNKNOWN_AGENT", "roles.risk"],
    ["CONFIG_BAD_AGENT", "agents.a"],
    ["CONFIG_BAD_NAME", "agents.builtin", "agents.B!", "redact", "stages.planning.roles.qa"],
    ["CONFIG_WRONG_TYPE", "gates", "worker", "stages.planning.timeouts.agent"],
    ["CONFIG_OUT_OF_RANGE", "limits", "scores", "concurrency", "ratio", "own.artifacts"],
    ["CONFIG_CONTRADICTION", "retry"],
    ["CONFIG_QUORUM_IMPOSSIBLE", "minimum"],
    ["CONFIG_BAD_DURATION", "timeouts.stage"],
    ["CONFIG_ROLE_CYCLE", "needs"],
    ["CONFIG_INCOMPLETE_ROLE", "mine"],
    ["CONFIG_UNKNOWN_PLACEHOLDER", "mine"],
    ["CONFIG_UNKNOWN_KEY", "prompts"],
    ["CONFIG_UNKNOWN_STAGE", "nothing"],
  ].flatMap(([code = "", ...places]) => places.map(() => code));
  const text = JSON.stringify(value, null, 2);
  for (const file of ["w.json", "w.yaml"]) {
    const found = problems(text, file).map((line) => line.split(" "));
    const codes = found.map(([code = ""]) => code);
    expect(codes.toSorted(byText)).toEqual(expected.toSorted(byText));
    expect(found.every(([, place = ""]) => /^w\.\w+:\d+:\d+$/.test(place))).toBe(true);
    expect(new Set(found.map(([, place]) => place)).size).toBeGreaterThan(25);
  }
});
