import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { err, ok } from "../../../src/core/result.ts";
import { settingsOf } from "../../../src/bootstrap/settings-of.ts";

/** A configuration beside a folder with these files. */
const read = (text: string, files: Readonly<Record<string, string>> | string | undefined) => {
  const asked: string[] = [];
  const config = readConfig(text, "w.yaml", {
    readPrompt: () => ok("from a file"),
    readPromptFolder: (folder) => {
      asked.push(folder);
      if (files === undefined) return undefined;
      if (typeof files === "string") return err(files);
      return ok(
        Object.entries(files).map(([name, found]) => ({
          file: `${folder}/${name}`,
          name,
          text: found === "" ? err("it is empty") : ok(found),
        })),
      );
    },
  });
  return { config, asked };
};

const problems = (text: string, files: Parameters<typeof read>[1]) => {
  const { config } = read(text, files);
  return config.ok
    ? []
    : config.error.map(
        ({ code, place, message, hint }) =>
          `${code} ${place.file}:${place.line ?? ""}:${place.column ?? ""} ${message} ${hint}`,
      );
};

test("a file named after a role is what that role is told; the others stay", () => {
  const { config, asked } = read(
    `agents: { mine: { command: [./mine] } }
stages:
  threats:
    title: Threats
    roles: { attacker: { title: Attacker, agent: mine, contract: analysis_report } }
    reviewer: { agent: mine }
    synthesizer: { agent: mine }
    qa: { agent: mine }
    artifacts: [{ name: threats.md }]
`,
    {
      "planning/risk.md": "Look at {feature}.\n",
      "planning/qa.md": "Check it as {role} of {stage}.\r\n",
      "threats/attacker.md": "Abuse {feature}.",
    },
  );
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  expect(asked).toEqual(["wavegate/prompts"]);
  const settings = settingsOf({
    ...config.value,
    file: null,
    written: {},
    locate: () => ({ file: "" }),
  });
  const planning = settings.stage("planning", {});
  expect(planning.roles.find(({ name }) => name === "risk")?.prompt).toBe("Look at {feature}.");
  expect(planning.qa.prompt).toBe("Check it as {role} of {stage}.");
  expect(planning.reviewer.prompt).toContain("Review the analyses");
  expect(settings.stage("threats", {}).roles[0]?.prompt).toBe("Abuse {feature}.");
  expect(config.value.promptPlaces).toEqual({
    "planning/risk": "wavegate/prompts/planning/risk.md",
    "planning/qa": "wavegate/prompts/planning/qa.md",
    "threats/attacker": "wavegate/prompts/threats/attacker.md",
  });
});

test("what can't be used is told with its place and what to do", () => {
  expect(
    problems("stages: { planning: { qa: { prompt: Mine } } }", {
      "planing/risk.md": "x",
      "planning/risc.md": "x",
      "planning/qa.md": "x",
      "planning/reviewer.md": "ok\n  for {featur}, {other} and {featur}",
      "planning/estimation.md": "",
      "planning/deep/er.md": "x",
      "planning/notes.txt": "x",
      "frame/data.md": "x",
      "constructor/risk.md": "x",
    }),
  ).toMatchInlineSnapshot(`
    [
      "CONFIG_UNKNOWN_PROMPT wavegate/prompts/constructor/risk.md:: No stage is named "constructor". Stages are discovery, planning, preparation, review.",
      "CONFIG_UNKNOWN_PROMPT wavegate/prompts/frame/data.md:: What stands around every task can't be replaced. Remove the file: delimiters of data and the form of the answer are always Wavegate's.",
      "CONFIG_UNKNOWN_PROMPT wavegate/prompts/planing/risk.md:: No stage is named "planing". Did you mean planning/risk.md?",
      "CONFIG_UNKNOWN_PROMPT wavegate/prompts/planning/deep/er.md:: This is no prompt of a role, so nothing would be read of it. Name it STAGE/ROLE.md, as wavegate prompts list has them.",
      "CONFIG_PROMPT_FILE wavegate/prompts/planning/estimation.md:: The prompt file can't be used: it is empty. Make it a text file in UTF-8, of at most 128 KiB, inside the project.",
      "CONFIG_UNKNOWN_PROMPT wavegate/prompts/planning/notes.txt:: This is no prompt of a role, so nothing would be read of it. Name it STAGE/ROLE.md, as wavegate prompts list has them.",
      "CONFIG_CONTRADICTION wavegate/prompts/planning/qa.md:: The configuration gives this role a prompt, too. Remove this file, or prompt and prompt-file of the role.",
      "CONFIG_UNKNOWN_PLACEHOLDER wavegate/prompts/planning/reviewer.md:2:7 Nothing fills the placeholder {featur} of this prompt. Did you mean {feature}?",
      "CONFIG_UNKNOWN_PLACEHOLDER wavegate/prompts/planning/reviewer.md:2:17 Nothing fills the placeholder {other} of this prompt. Use {feature}, {role}, {stage}, or write it without braces.",
      "CONFIG_UNKNOWN_PROMPT wavegate/prompts/planning/risc.md:: The stage planning has no role "risc". Did you mean planning/risk.md?",
    ]
  `);
});

test("a folder that the configuration names must be there; the usual one need not", () => {
  expect(problems("", undefined)).toEqual([]);
  expect(problems("prompts: ours", undefined)).toEqual([
    expect.stringMatching(/^CONFIG_PROMPT_FILE w\.yaml:1:10 .*there is no such folder/),
  ]);
  expect(problems("", "it lies outside the project")).toEqual([
    expect.stringContaining("it lies outside the project"),
  ]);
  expect(read("prompts: ours", {}).asked).toEqual(["ours"]);
});
