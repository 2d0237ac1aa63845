/** docs/coverage.md: every section of S0 to S4, every place there, and no line without a place or a reason. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { METRICS } from "../../src/history/metrics/registry.ts";
import { depthsFor } from "../../src/stage/depth/depth-tables.ts";
import { BUILT_IN_RULES } from "../../src/stage/rules/built-in-rules.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/coverage.md"), "utf8");

/** The sections of the sources, with the parts that have rows of their own. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "S0 §1": ["§1"],
  "S0 §2": ["§2.1", "§2.2", "§2.3", "§2.4", "§2.5"],
  "S0 §3": ["§3"],
  "S0 §4": ["§4.1", "§4.2"],
  "S0 §5": ["§5.1", "§5.2"],
  "S0 §6": ["§6.1", "§6.2", "§6.3"],
  "S0 §7": ["§7.1", "§7.2", "§7.3"],
  "S0 §8": ["§8.1", "§8.2"],
  "S0 §9": ["§9"],
  "S0 §10": ["§10.1", "§10.2", "§10.3"],
  "S1 §1": ["§1"],
  "S1 §2": ["§2.1", "§2.2", "§2.3", "§2.4", "§2.5"],
  "S1 §3": ["§3"],
  "S1 §4": ["§4"],
  "S1 §5": ["§5"],
  "S1 §6": ["§6.1", "§6.2"],
  "S1 §7": ["§7.1", "§7.2", "§7.3"],
  "S1 §8": ["§8.1", "§8.2", "§8.3"],
  "S1 §9": ["§9.1", "§9.2", "§9.3"],
  "S1 §10": ["§10.1", "§10.2"],
  "S1 §11": ["§11.1", "§11.2", "§11.3"],
  "S2 §1": ["§1"],
  "S2 §2": ["§2 Preparation", "§2 Review", "§2 Synthesis", "§2 QA"],
  "S2 §3": ["§3"],
  "S2 §4": ["§4 Coordinator", "§4 Errors"],
  "S2 §5": ["§5 Concurrency", "§5 Depth"],
  "S2 §6": ["§6 Preparation", "§6 Agents", "§6 Quality"],
  "S2 §7": ["§7 Complexity", "§7 Debt", "§7 Phased"],
  "S2 §8": ["§8 Input", "§8 Output"],
  "S2 §9": ["§9"],
  "S2 §10": ["§10 Do", "§10 Don't", "§10 Consider"],
  "S3 §1": ["§1.1 Load", "§1.2 Capacity", "§1.3 Constraints"],
  "S3 §2": ["§2.4 Waves", "§2.5 Resources", "§2.6 Time"],
  "S3 §3": ["§3.7 Sessions", "§3.8 Sync points", "§3.9 Communication"],
  "S3 §4": ["§4.10 Risks", "§4.11 Mitigation", "§4.12 Quality"],
  "S3 §5": ["§5.13 Documents", "§5.14 State", "§5.15 Handoff"],
  "S3 §6": ["§6 Read", "§6 Fields"],
  "S3 §7": ["§7 Waves", "§7 Allocation", "§7 Protocols"],
  "S3 §8": ["§8 Success", "§8 Monitoring"],
  "S3 §9": ["§9 Issues", "§9 Recovery"],
  "S3 §10": ["§10"],
  "S3 §11": ["§11 Deliverables", "§11 Handoff"],
  "S4 §1": ["§1 Tasks", "§1 VERIFY"],
  "S4 §2": ["§2 Tasks", "§2 VERIFY"],
  "S4 §3": ["§3 Tasks", "§3 VERIFY"],
  "S4 §4": ["§4 Tasks", "§4 VERIFY"],
  "S4 §5": ["§5 Tasks", "§5 VERIFY"],
  "S4 §6": ["§6 Tasks", "§6 VERIFY"],
  "S4 §7": ["§7 Functional", "§7 Quality"],
};

interface Row {
  readonly section: string;
  readonly part: string;
  readonly asked: string;
  readonly state: string;
  readonly where: string;
  readonly tests: string;
}

const sections = PAGE.split(/^### /m)
  .slice(1)
  .map((text) => ({ section: /^S\d §\d+/.exec(text)?.[0] ?? text.slice(0, 40), text }));

const rows: readonly Row[] = sections.flatMap(({ section, text }) =>
  [...text.matchAll(/^\| (§\d.+) \|$/gm)].map(([, line = ""]) => {
    const [part = "", asked = "", state = "", where = "", tests = "", ...more] = line.split(" | ");
    if (more.length > 0) throw new Error(`too many cells: ${line}`);
    return { section, part, asked, state, where, tests };
  }),
);

const tidy = ({ section, part, asked }: Row) => `${section}: ${part} ${asked}`;
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:src|test|docs|integrations|schemas|bench)\/[^`]+)`/g)].map(
    ([, file = ""]) => file,
  );
/** What is said in words, without the places. */
const wordsIn = (text: string) => text.replace(/`[^`]*`/g, "").match(/\p{L}{2,}/gu) ?? [];
const of = (state: string) => rows.filter((row) => row.state === state);

describe("docs/coverage.md", () => {
  test("has every section of the sources, in their order, and each part of it", () => {
    expect(sections.map(({ section }) => section)).toEqual(Object.keys(SECTIONS));
    for (const [section, parts] of Object.entries(SECTIONS))
      expect([
        ...new Set(rows.filter((row) => row.section === section).map(({ part }) => part)),
      ]).toEqual(parts);
  });

  test("names only places that are there", () => {
    const named = [...new Set(pathsIn(PAGE))];
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test("has no line without a place or a reason", () => {
    const bare = rows.filter(({ state, where, tests }) => {
      const places = pathsIn(where).filter((file) => file.startsWith("src/"));
      const reasons = wordsIn(where).length;
      if (state === "done") return places.length === 0 || pathsIn(tests).length === 0;
      if (state === "partly") return places.length === 0 || reasons < 5;
      return state !== "not" || reasons < 5;
    });
    expect(bare.map(tidy)).toEqual([]);
    // every line of a table is a row, but for the two at its head
    expect(PAGE.match(/^\|/gm)).toHaveLength(rows.length + 2 * sections.length);
    expect(rows.filter(({ tests }) => !/^(?:–|(?:`test\/[^`]+`(?:, )?)+)$/.test(tests))).toEqual(
      [],
    );
  });

  test("says no line twice, and counts its lines right", () => {
    expect(new Set(rows.map(tidy)).size).toBe(rows.length);
    expect(/^Of .+? not\./m.exec(PAGE)?.[0]).toBe(
      `Of ${rows.length} lines ${of("done").length} are done, ${of("partly").length} partly, and ${of("not").length} not.`,
    );
  });
});

const textOf = (section: string) =>
  sections.find((one) => one.section === section)?.text ?? `no ${section}`;

describe("what is data in the code is all there", () => {
  test("metrics, each in its section", () => {
    for (const { name, sources } of METRICS)
      for (const source of sources.filter((one) => one !== "own"))
        expect(textOf(/^S\d §\d+/.exec(source)?.[0] ?? source)).toContain(`\`${name}\``);
  });

  test("rules, each in its section", () => {
    for (const { name, source } of BUILT_IN_RULES)
      expect(textOf(/^S\d §\d+/.exec(source)?.[0] ?? source)).toContain(`\`${name}\``);
  });

  test.each([
    ["planning", "S0 §5"],
    ["preparation", "S2 §5"],
  ])("depths of %s, in %s", (stage, section) => {
    const levels = Object.values(depthsFor(stage) ?? {}).flatMap((role) => Object.values(role));
    expect(levels).toHaveLength(12);
    for (const { word } of levels) expect(textOf(section)).toContain(word);
  });
});
