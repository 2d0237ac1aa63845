/** Spec Kit's file of hooks: ours come in and go, every other byte stays. */
import fc from "fast-check";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { EMPTY_FILE, registerHooks } from "../../../src/integrations/extensions-file.ts";
import { hookEntry, HOOKS } from "../../../src/integrations/spec-kit.ts";
import { applyEdits, revertEdits } from "../../../src/integrations/text-edit.ts";
import { unregisterHooks } from "../../../src/integrations/unregister-hooks.ts";

const ENTRIES = { installed: true, events: HOOKS.map(({ event }) => event) };

const CONTENT = z.object({
  installed: z.array(z.unknown()).nullish(),
  hooks: z.record(z.string(), z.array(z.unknown()).nullable()).nullish(),
  settings: z.unknown().optional(),
});

/** What a YAML reader sees in the file. */
function contentOf(text: string) {
  const empty = text.split("\n").every((line) => /^(?:#.*)?$/.test(line));
  const { installed, hooks, settings } = CONTENT.parse(empty ? {} : load(text));
  return { installed: installed ?? [], hooks: hooks ?? {}, settings };
}

function register(text: string) {
  const registered = registerHooks(text, HOOKS);
  if (!registered.ok) throw new Error(registered.error);
  return { ...registered.value, text: applyEdits(text, registered.value.edits) };
}

const GIT = (indent: string) =>
  ["- extension: git", "  command: speckit.git.commit", "  enabled: true", "  condition: null"]
    .map((line) => indent + line)
    .join("\n");

/** As Spec Kit writes it, with a comment of the user's. */
const WRITTEN = `installed:
- git
settings:
  auto_execute_hooks: true
hooks:
  # Commit first.
  before_plan:
${GIT("  ")}
  after_tasks:
${GIT("  ")}
`;
/** As people write it. */
const BY_HAND = `# Our extensions
settings: {auto_execute_hooks: true}

hooks:
    before_plan:
        # first
${GIT("        ")}   # why not

    after_plan: []

# Who is in
installed:
    - git # ours
    - jira`;

describe("registering", () => {
  test("into a new file, as Spec Kit would begin it", () => {
    expect(register(EMPTY_FILE).text).toMatchInlineSnapshot(`
      "installed:
      - wavegate
      settings:
        auto_execute_hooks: true
      hooks:
        before_plan:
        - extension: wavegate
          command: speckit.wavegate.plan
          enabled: true
          optional: true
          priority: 10
          prompt: Plan with Wavegate's analysts and gate instead of this command?
          description: Analysts in parallel, review, synthesis and a gate write plan.md
          condition: null
        before_implement:
        - extension: wavegate
          command: speckit.wavegate.prepare
          enabled: true
          optional: true
          priority: 10
          prompt: Prepare the implementation of the approved plan with Wavegate first?
          description: Modules, tests and ordered tasks in implementation_plan.md, after a gate
          condition: null
        after_implement:
        - extension: wavegate
          command: speckit.wavegate.review
          enabled: true
          optional: true
          priority: 10
          prompt: Review what was built with Wavegate?
          description: Compares the repository with specification and plan in quality_report.md
          condition: null
        after_analyze:
        - extension: wavegate
          command: speckit.wavegate.review
          enabled: true
          optional: true
          priority: 10
          prompt: Review the repository against specification and plan with Wavegate, too?
          description: Compares the repository with specification and plan in quality_report.md
          condition: null
      "
    `);
  });

  test("behind what others have, in the style of the file", () => {
    expect(register(BY_HAND).text).toMatchInlineSnapshot(`
      "# Our extensions
      settings: {auto_execute_hooks: true}

      hooks:
          before_plan:
              # first
              - extension: git
                command: speckit.git.commit
                enabled: true
                condition: null   # why not
              - extension: wavegate
                command: speckit.wavegate.plan
                enabled: true
                optional: true
                priority: 10
                prompt: Plan with Wavegate's analysts and gate instead of this command?
                description: Analysts in parallel, review, synthesis and a gate write plan.md
                condition: null

          after_plan: []
          before_implement:
              - extension: wavegate
                command: speckit.wavegate.prepare
                enabled: true
                optional: true
                priority: 10
                prompt: Prepare the implementation of the approved plan with Wavegate first?
                description: Modules, tests and ordered tasks in implementation_plan.md, after a gate
                condition: null
          after_implement:
              - extension: wavegate
                command: speckit.wavegate.review
                enabled: true
                optional: true
                priority: 10
                prompt: Review what was built with Wavegate?
                description: Compares the repository with specification and plan in quality_report.md
                condition: null
          after_analyze:
              - extension: wavegate
                command: speckit.wavegate.review
                enabled: true
                optional: true
                priority: 10
                prompt: Review the repository against specification and plan with Wavegate, too?
                description: Compares the repository with specification and plan in quality_report.md
                condition: null

      # Who is in
      installed:
          - git # ours
          - jira
          - wavegate"
    `);
  });

  test.each([
    ["written by Spec Kit", WRITTEN],
    ["by hand", BY_HAND],
    ["empty", ""],
    ["comments only", "# nothing yet"],
    ["empty lists", "installed: []  # none\nhooks: {} # none\nsettings: {}\n"],
    ["nulls", "installed:\nhooks:\n"],
    ["hooks last, without an end of line", "installed: []\nhooks:\n  before_plan:\n  - command: a"],
    ["hooks first", `hooks:\n  before_plan:\n${GIT("  ")}\ninstalled:\n- git\n`],
    ["no hooks", "installed:\n  - git"],
    ["a list in one line", "installed: [ git, jira ] # all\nhooks:\n"],
    ["no list", "hooks:\n  after_analyze:\n  - command: x"],
    ["CRLF", WRITTEN.replaceAll("\n", "\r\n")],
    [
      "text over several lines",
      "hooks:\n  before_plan:\n  - prompt: |\n      # not a comment\n      a: b\n    command: x\n",
    ],
  ])("%s: only our entries come, and go byte for byte", (_name, before) => {
    const { text, edits, added } = register(before);
    expect(added).toEqual(ENTRIES);
    const was = contentOf(before);
    const is = contentOf(text);
    expect(is.installed).toEqual([...was.installed, "wavegate"]);
    for (const hook of HOOKS)
      expect(is.hooks[hook.event]).toEqual([...(was.hooks[hook.event] ?? []), hookEntry(hook)]);
    const others = ({ hooks }: typeof is) =>
      Object.entries(hooks).filter(([event]) => !ENTRIES.events.includes(event));
    expect(others(is)).toEqual(others(was));
    expect(is.settings).toEqual(was.settings);
    for (const line of before.split("\n").filter((each) => !/[[{]/.test(each)))
      expect(text).toContain(line);
    expect(revertEdits(text, edits)).toBe(before);
    // The same again adds nothing.
    expect(register(text).edits).toEqual([]);
  });

  test.each([
    ["no YAML", "a: [", "it is not YAML"],
    ["a list", "- a\n", "it holds no keys"],
    ["hooks that are a text", "hooks: yes please\n", "`hooks` holds no events"],
    ["an event that is no list", "hooks:\n  before_plan: a\n", "`hooks.before_plan` is no list"],
    [
      "hooks in flow style",
      "hooks: {before_plan: [{command: a}]}\n",
      "its entries are written in a form that can't be extended or cut",
    ],
    ["an alias", "x: &a []\nhooks:\n  before_plan: *a\n", undefined],
    ["two documents", "installed: []\n---\nhooks: {}\n", "it is not YAML"],
  ])("%s is refused, with the reason", (_name, text, reason) => {
    const registered = registerHooks(text, HOOKS);
    expect(registered.ok).toBe(false);
    if (!registered.ok && reason) expect(registered.error).toBe(reason);
  });

  test("an entry of ours that somebody changed stays as it is", () => {
    const off = register(WRITTEN).text.replace(
      "enabled: true\n    optional: true\n    priority",
      "enabled: false\n    optional: true\n    priority",
    );
    expect(off).toContain("enabled: false");
    expect(register(off).edits).toEqual([]);
  });
});

function without(text: string) {
  const taken = unregisterHooks(text, ENTRIES);
  if (!taken.ok) throw new Error(taken.error);
  return taken.value;
}

describe("taking out, where the file was changed since", () => {
  test("what others added stays", () => {
    const changed = register(WRITTEN)
      .text.replace("- git\n", "- git\n- jira\n")
      .concat(`  after_plan:\n${GIT("  ")}\n# end\n`);
    const expected = WRITTEN.replace("- git\n", "- git\n- jira\n").concat(
      `  after_plan:\n${GIT("  ")}\n# end\n`,
    );
    expect(without(changed)).toBe(expected);
  });

  test("an empty list and empty hooks are left where nothing else is", () => {
    expect(without(`${register(EMPTY_FILE).text}# mine\n`)).toBe(`${EMPTY_FILE}# mine\n`);
  });

  test("our entry in the middle of others', and comments between them", () => {
    const { text } = register(WRITTEN);
    const changed = text.replace(
      "    condition: null\n  after_tasks",
      `    condition: null\n  # theirs\n${GIT("  ")}\n  after_tasks`,
    );
    expect(changed).not.toBe(text);
    expect(without(changed)).toContain(`condition: null\n  # theirs\n  - extension: git`);
    expect(without(changed)).not.toContain("wavegate");
  });

  test("out of a list in one line", () => {
    const before = "installed: [git, jira] # all\nhooks:\n  before_plan:\n  - command: a\n";
    expect(without(`${register(before).text}# changed\n`)).toBe(`${before}# changed\n`);
  });

  test("what is gone already is no matter", () => {
    expect(without(WRITTEN)).toBe(WRITTEN);
  });

  test("entries that are not ours by the record stay", () => {
    const { text } = register(WRITTEN);
    const taken = unregisterHooks(text, { installed: false, events: ["before_plan"] });
    expect(taken).toMatchObject({ ok: true });
    if (taken.ok) expect(taken.value).toContain("- wavegate");
    if (taken.ok) expect(taken.value.match(/extension: wavegate/g)).toHaveLength(HOOKS.length - 1);
  });
});

test("whatever was written by hand, what is taken out of a changed file is ours and nothing else", () => {
  const event = fc.constantFrom("before_plan", "after_plan", "after_analyze", "before_tasks");
  const item = fc.constantFrom("command: a", "extension: git", "prompt: 'x: # y'");
  const file = fc.record({
    indent: fc.constantFrom("  ", "    "),
    dash: fc.constantFrom("", "  "),
    events: fc.uniqueArray(fc.tuple(event, fc.array(item, { minLength: 1, maxLength: 3 })), {
      selector: ([name]) => name,
    }),
    installed: fc.constantFrom(
      "",
      "installed: []\n",
      "installed:\n- git\n",
      "installed:\n  - git\n",
    ),
    comment: fc.boolean(),
    eol: fc.constantFrom("\n", "\r\n"),
  });
  fc.assert(
    fc.property(file, ({ indent, dash, events, installed, comment, eol }) => {
      const body = events
        .map(([name, items]) =>
          [
            ...(comment ? [`${indent}# about ${name}`] : []),
            `${indent}${name}:`,
            ...items.map((each) => `${indent}${dash}- ${each}`),
          ].join("\n"),
        )
        .join("\n");
      const before = `${installed}hooks:${events.length === 0 ? " {}" : `\n${body}`}\n`;
      const text = before.replaceAll("\n", eol);
      const { text: registered, edits, added } = register(text);
      expect(revertEdits(registered, edits)).toBe(text);
      // Somebody changed something: now it goes entry for entry.
      const changed = `${registered}# changed${eol}`;
      const taken = unregisterHooks(changed, added);
      const whole = installed === "" ? `${text}installed: []${eol}` : text;
      expect(taken).toEqual({ ok: true, value: `${whole}# changed${eol}` });
    }),
    { numRuns: 300 },
  );
});
