/** What the documentation says of commands, codes and configurations is what there is. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  generateHelpTextForAllCommands,
  type Application,
  type CommandContext,
} from "@stricli/core";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { EXIT } from "../../../src/cli/exit-code.ts";
import { createApplication } from "../../../src/cli/run-cli.ts";
import { agentFields } from "../../../src/stage/agents/agent-kind.ts";
import { AGENT_KINDS } from "../../../src/stage/agents/kinds.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const read = (...names: readonly string[]) => readFileSync(path.join(ROOT, ...names), "utf8");
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, m]) => m);

const flagsIn = (text: string) => new Set(matches(text, /(?<![\w-])(--[a-z][a-z-]*)/g));

describe("docs/cli.md", () => {
  const page = read("docs/cli.md");
  const help = new Map(
    generateHelpTextForAllCommands(
      // Help does not use the context.
      createApplication("1.2.3", () => undefined) as unknown as Application<CommandContext>,
    ),
  );
  const everywhere = /## Flags of every command\n([^]*?)\n## /.exec(page)?.[1] ?? "";
  const common = flagsIn(everywhere);
  /** Sections by the commands in their headings. */
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .flatMap((section) => {
        const [heading = ""] = section.split("\n");
        return matches(heading, /`([^`]+)`/g).map((name) => [name, section] as const);
      }),
  );

  test("every command has its section, and none has one that is not there", () => {
    expect(new Set(sections.keys())).toEqual(new Set(help.keys()));
  });

  test.each([...help])(
    "%s: every flag has its line, and every flag named is real",
    (name, text) => {
      const section = sections.get(name) ?? "";
      const real = flagsIn(text);
      const own = [...real].filter((flag) => !common.has(flag));
      const rows = flagsIn(matches(section, /^\| `(--[^|]*)/gm).join("\n"));
      expect(rows).toEqual(new Set(own));
      const named = flagsIn(section.split("\n## ")[0] ?? "");
      expect([...named].filter((flag) => !real.has(flag))).toEqual([]);
    },
  );

  test("the flags of every command are those", () => {
    const shared = [...help.values()]
      .map(flagsIn)
      .reduce((all, one) => new Set([...all].filter((flag) => one.has(flag))));
    expect(new Set([...common, "--help"])).toEqual(new Set([...shared, "--version"]));
  });

  test("choices are listed", () => {
    for (const choice of matches(help.get("wavegate runs") ?? "", /\[(pending[^\]]*)\]/g))
      for (const status of (choice ?? "").split("|"))
        expect(sections.get("wavegate runs")).toContain(`\`${status}\``);
    expect(sections.get("wavegate plan")).toContain("`--profile api\\|coding-agent`");
  });

  test("exit codes are those that there are", () => {
    const table = /## Exit codes\n([^]*?)\n\n`plan`/.exec(page)?.[1] ?? "";
    expect(matches(table, /^\| (\d+) \|/gm).map(Number)).toEqual(Object.values(EXIT));
  });
});

describe("docs/errors.md", () => {
  const union = /export type ErrorCode =([^;]*);/.exec(read("src/core/error.ts"))?.[1] ?? "";
  const codes = matches(union, /"([A-Z_]+)"/g);
  const [, ...sections] = read("docs/errors.md").split(/^### /m);

  test("every code has its place, and none is there that is not", () => {
    const documented = sections.map((section) => /^`([A-Z_]+)`\n/.exec(section)?.[1]);
    expect(codes.length).toBeGreaterThan(20);
    expect(new Set(documented)).toEqual(new Set([...codes, "INTERNAL"]));
    expect(documented).toHaveLength(codes.length + 1);
  });

  test("each says what to do", () => {
    const silent = sections.filter((section) => !/\n\*\*What to do:\*\* \w.{10}/.test(section));
    expect(silent).toEqual([]);
  });

  test("every code can be met: the program makes it somewhere", () => {
    const sources = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/^testing\b|^core.error\.ts$/.test(file))
      .map((file) => read("src", file))
      .join("\n");
    expect(codes.filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });
});

test("configurations shown in the documentation are right", () => {
  const pages = [
    "README.md",
    ...readdirSync(path.join(ROOT, "docs")).map((name) => `docs/${name}`),
  ];
  const shown = pages
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) =>
      matches(read(name), /^```ya?ml\n([^]*?)^```/gm).map((text = "") => [name, text] as const),
    );
  expect(shown.length).toBeGreaterThanOrEqual(2);
  const json = matches(read("docs/configuration.md"), /^```json\n([^]*?)^```/gm).map(
    (text = "") => ["docs/configuration.json", text] as const,
  );
  expect(json.length).toBeGreaterThan(0);
  for (const [name, text] of [...shown, ...json])
    expect({ name, config: readConfig(text, name) }).toMatchObject({ config: { ok: true } });
});

/** First cells of a table's rows. */
const rows = (text = "") => new Set(matches(text, /^\| `([\w-]+)` \|/gm));

test("every field of every kind of agent is in docs/configuration.md and in a table of docs/agents.md", () => {
  const fields = new Set(Object.keys(agentFields(AGENT_KINDS)));
  expect(rows(/^## `agents`\n[^]*?^## /m.exec(read("docs/configuration.md"))?.[0])).toEqual(fields);
  const tables = read("docs/agents.md").matchAll(/^##+ Every field[^]*?(?=^##)/gm);
  expect(rows([...tables].map(([section]) => section).join("\n"))).toEqual(fields);
});
