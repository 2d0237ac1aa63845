/** The command agent and its files: whatever a program does to them fails its own attempt, and no secret stays in them. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBuiltinAgent } from "../../src/adapters/agents/builtin/builtin-agent.ts";
import { killLeftovers } from "../../src/adapters/shared/process/attempt-record.ts";
import type { CommandAgentOptions } from "../../src/adapters/agents/command/command-agent.ts";
import { findProgram } from "../../src/adapters/shared/process/find-program.ts";
import { objectAcross } from "../../src/adapters/agents/command/object-across.ts";
import { processInfo, signalProcess } from "../../src/adapters/shared/process/process-survey.ts";
import { findJson } from "../../src/adapters/agents/shared/find-json.ts";
import { createRedactor } from "../../src/adapters/artifacts/redactor.ts";
import type { AgentOutcome, AgentRequest } from "../../src/ports/agent.ts";
import { SMALL_SPEC } from "../../src/testing/small-planning.ts";
import { agentOf, failureOf, requestIn, type Definition } from "./command-agent-fixture.ts";

const linux = process.platform === "linux";

let folder = "";
let output = "";
let victim = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-command-files-"));
  output = path.join(folder, "attempts", "one");
  victim = path.join(folder, "victim");
  mkdirSync(output, { recursive: true, mode: 0o700 });
  mkdirSync(path.join(folder, "project"));
  writeFileSync(victim, '{"mine":true}', { mode: 0o644 });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const request = (change: Partial<AgentRequest> = {}) => requestIn(folder, output, change);

/** A shell script; `$1` is the output folder, `$2` a file of the user's. */
const sh = (script: string, definition: Definition = {}, options?: Partial<CommandAgentOptions>) =>
  agentOf({ ...definition, command: ["/bin/sh", "-c", script, "sh", output, victim] }, options);
/** A shell script that answers in the file `$1`; `$2` is a file of the user's. */
const answering = (script: string, options?: Partial<CommandAgentOptions>) =>
  agentOf(
    { command: ["/bin/sh", "-c", script, "sh", "{answerFile}", victim], answer: "file" },
    options,
  );

const valueOf = (outcome: AgentOutcome) => {
  if (!outcome.ok) throw new Error(`${outcome.error.kind}: ${outcome.error.message}`);
  return outcome.value.value;
};
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
const inOutput = (name: string) => path.join(output, name);

const kept = (name: string) => readFileSync(inOutput(name), "utf8");

const before = (length: number) => "x".repeat(length);

const item = (index: number) => ({ id: index, text: "x".repeat(900), deep: { a: [{ b: 1 }] } });

/** The outcome of a program that prints the text. */
const printing = async (text: string) => {
  writeFileSync(path.join(folder, "text"), text);
  return await agentOf({ command: ["/bin/cat", path.join(folder, "text")] }).run(request());
};

const across = async (text: string, cut: number) => {
  const file = path.join(folder, "text");
  writeFileSync(file, text);
  const handle = await open(file, "r");
  try {
    return await objectAcross(handle, cut);
  } finally {
    await handle.close();
  }
};

/** A test on a disk of 256 KiB. */
const full = (use: (mount: string) => Promise<void>) => async () => {
  const mount = path.join(folder, "small");
  mkdirSync(mount);
  if (
    !linux ||
    spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", mount]).status !== 0
  ) {
    console.warn("skipped: mounting a tmpfs is not allowed here");
    return;
  }
  try {
    await use(mount);
  } finally {
    spawnSync("umount", ["-l", mount]);
  }
};

const SECRET = "kT9vQ2mZx7Lw4RbN8sYd3HfJ6pCg1AaE";
const { stream } = createRedactor({ env: { SERVICE_TOKEN: SECRET } });
/** Whether eight characters in a row of the secret are in the text. */
const tells = (text: string) =>
  Array.from({ length: SECRET.length - 7 }, (_, at) => SECRET.slice(at, at + 8)).some((piece) =>
    text.includes(piece),
  );

describe("whatever a program does to its files fails its own attempt, and nothing else", () => {
  describe.each([
    ["kept as they are", {}],
    ["filtered", { makeFilter: stream }],
  ])("answers that are %s", (_, options) => {
    test.each<[string, string]>([
      ["a folder", 'mkdir "$1"'],
      ["a link to a file", 'ln -s "$2" "$1"'],
      ["a link to nothing", 'ln -s "$2.gone" "$1"'],
      ["a pipe", 'mkfifo "$1"'],
    ])("%s in place of the answer file", async (__, script) => {
      const failure = failureOf(await answering(script, options).run(request()));
      expect(failure).toMatchObject({
        kind: "invalid-output",
        message: expect.stringContaining("in place of its answer file"),
      });
      expect(readFileSync(victim, "utf8")).toBe('{"mine":true}');
      expect(existsSync(`${victim}.gone`)).toBe(false);
    });
  });

  const removed = /removed|removed or replaced/;
  test.each<[string, string, RegExp]>([
    ["removes its output folder", `rm -rf "$1"; echo '{"a":1}'`, removed],
    ["removes it and the one above", `rm -rf "$(dirname "$1")"; echo '{"a":1}'`, removed],
    ["removes it again and again", 'for i in 1 2 3 4 5; do rm -rf "$1"; mkdir "$1"; done', removed],
    ["puts a file in its place", 'rm -rf "$1"; echo x > "$1"', removed],
    ["takes its rights off", `chmod 0 "$1"; echo '{"a":1}'`, /took the rights off/],
    ["removes what it printed", `echo '{"a":1}'; sleep 0.1; rm "$1/stdout.log"`, /no answer/],
  ])("a program that %s", async (_, script, message) => {
    const failure = failureOf(await sh(script).run(request()));
    expect(failure.kind).toBe("invalid-output");
    expect(failure.message).toMatch(message);
    expect(modeOf(output)).toBe("700");
    expect(valueOf(await sh(`echo '{"a":1}'`).run(request()))).toEqual({ a: 1 });
  });

  test("events that a program printed and removed are none", async () => {
    const script = `echo '{"a":1}'; sleep 0.1; rm "$1/stdout.log"; mkdir "$1/stdout.log"`;
    const failure = failureOf(await sh(script, { answer: "json-lines" }).run(request()));
    expect(failure).toMatchObject({
      kind: "invalid-output",
      message: expect.stringContaining("removed its own output"),
    });
    expect(valueOf(await sh(`echo '{"a":1}'`).run(request()))).toEqual({ a: 1 });
  });

  test("a program that does so while its record is written", async () => {
    for (let round = 0; round < 10; round += 1) {
      mkdirSync(output, { recursive: true, mode: 0o700 });
      const failure = failureOf(await sh('rm -rf "$1"').run(request()));
      // `rm` fails when our record comes into the folder while it empties it.
      expect(["invalid-output", "crashed"]).toContain(failure.kind);
    }
  });

  test("a folder of the user's in place of the output folder is let alone", async () => {
    const users = path.join(folder, "project");
    const failure = failureOf(
      await sh(
        `while ! grep -q pid "$1/attempt.json"; do sleep 0.01; done; rm -rf "$1"; ln -s ${users} "$1"; echo '{"a":1}'`,
      ).run(request()),
    );
    expect(failure.message).toMatch(removed);
    expect(readdirSync(users)).toEqual([]);
    expect(readdirSync(output)).toEqual(["attempt.json"]);
  });

  test("one that was stopped was stopped, whatever else it did", async () => {
    const limits = { ...request().limits, timeoutMs: 1_000 };
    const failure = failureOf(await sh('rm -rf "$1"; sleep 60').run(request({ limits })));
    expect(["timeout", "invalid-output"]).toContain(failure.kind);
    const crashed = failureOf(await sh('sleep 0.2; rm -rf "$1"; exit 3').run(request()));
    expect(crashed.kind).toBe("crashed");
  });

  test("an answer file over the limit is no answer, and is cut on disk", async () => {
    const limits = { ...request().limits, maxOutputBytes: 1_000 };
    for (const options of [{}, { makeFilter: stream }]) {
      const agent = answering('head -c 5000 /dev/zero | tr "\\\\0" a > "$1"', options);
      const failure = failureOf(await agent.run(request({ limits })));
      expect(failure).toMatchObject({
        kind: "invalid-output",
        message: expect.stringMatching(/5000 bytes.*1000/),
      });
      expect(statSync(inOutput("answer.json")).size).toBe(1_000);
    }
  });
});

describe("files of an attempt", () => {
  test("are the owner's alone, and no link that a program left is followed", async () => {
    const script = `for name in attempt.json attempt.json.tmp schema.json; do rm -f "$1/$name"; ln -s "$2" "$1/$name"; done
      echo '{"a":1}'`;
    const command = ["/bin/sh", "-c", script, "sh", output, victim, "{schemaFile}"] as const;
    for (let start = 0; start < 2; start += 1)
      expect(valueOf(await agentOf({ command }).run(request()))).toEqual({ a: 1 });
    expect(readFileSync(victim, "utf8")).toBe('{"mine":true}');
    expect(modeOf(victim)).toBe("644");
    for (const name of ["attempt.json", "stdout.log", "stderr.log"])
      expect(modeOf(inOutput(name))).toBe("600");
    expect(JSON.parse(readFileSync(inOutput("attempt.json"), "utf8"))).toHaveProperty("endedAt");
  });

  test("a filtered answer is written past a link at the name it had", async () => {
    const script = `ln -s "$2" "$1.filtered"; echo '{"a":"${SECRET}"}' > "$1"`;
    const outcome = await answering(script, { makeFilter: stream }).run(request());
    expect(valueOf(outcome)).toEqual({ a: "[redacted]" });
    expect(readFileSync(victim, "utf8")).toBe('{"mine":true}');
    expect(readFileSync(inOutput("answer.json"), "utf8")).not.toContain(SECRET);
  });

  test("the record may be a folder or a pipe: nobody waits for it", async () => {
    for (const make of ["mkdir", "mkfifo"]) {
      rmSync(inOutput("attempt.json"), { recursive: true, force: true });
      spawnSync(make, [inOutput("attempt.json")]);
      expect(await killLeftovers(output)).toBe(0);
      expect(valueOf(await sh(`echo '{"a":1}'`).run(request()))).toEqual({ a: 1 });
    }
  });

  test("raw output of every start is kept (ST-19)", async () => {
    for (const name of ["first", "second", "third"])
      await sh(`echo ${name}; echo ${name}-error >&2`).run(request());
    expect([kept("stdout.1.log"), kept("stdout.2.log"), kept("stdout.log")]).toEqual([
      "first\n",
      "second\n",
      "third\n",
    ]);
    expect(kept("stderr.1.log")).toBe("first-error\n");
  });

  test("an answer of a killed start is kept without its secrets, and never counts", async () => {
    writeFileSync(inOutput("answer.json"), `{"early":"${SECRET}"}`);
    const failure = failureOf(await answering("true", { makeFilter: stream }).run(request()));
    expect(failure.message).toMatch(/wrote no answer file/);
    expect(readFileSync(inOutput("answer.1.json"), "utf8")).toBe('{"early":"[redacted]"}');
  });

  test("the program's prompt file is its own and gone afterwards; prompt.md stays as it was", async () => {
    writeFileSync(inOutput("prompt.md"), "the key is [redacted]");
    const script = `printf '{"mode":"%s","prompt":"%s"}' "$(stat -c %a "$1")" "$(cat "$1")"`;
    const agent = agentOf({
      command: ["/bin/sh", "-c", script, "sh", "{promptFile}"],
      prompt: "file",
    });
    const prompt = `the key is ${SECRET}`;
    expect(valueOf(await agent.run(request({ prompt })))).toEqual({ mode: "600", prompt });
    expect(readFileSync(inOutput("prompt.md"), "utf8")).toBe("the key is [redacted]");
    for (const name of readdirSync(output).filter((each) => each !== "stdout.log"))
      expect(readFileSync(inOutput(name), "utf8")).not.toContain(SECRET);
  });
});

describe("a secret that a cut would split", () => {
  const makeFilter = stream;
  const seen = async (script: string, definition?: Definition) => {
    const lines: string[] = [];
    const agent = sh(script, definition, { makeFilter });
    const outcome = await agent.run(request({ onLine: (line) => lines.push(line) }));
    return `${lines.join("\n")}\n${outcome.ok ? "" : outcome.error.message}`;
  };

  test.each([180, 190, 195, 199, 1_990])(
    "is not seen after %i characters of a line",
    async (at) => {
      for (const script of [
        `echo '${before(at)}${SECRET}'`,
        `echo '${before(at)}${SECRET}' >&2; exit 3`,
        `echo '{"type":"progress","message":"${before(at)}${SECRET}"}'`,
        `echo '{"type":"error","message":"${before(at)}${SECRET}"}'`,
      ])
        for (const definition of [{}, { answer: "json-lines" } as const]) {
          const text = await seen(script, definition);
          expect(text).toContain("x".repeat(80));
          expect(tells(text)).toBe(false);
        }
    },
  );

  test.each([90, 100, 110])("is not seen in what came instead of an answer, at %i", async (at) => {
    for (const text of [`${before(at)}${SECRET}`, `{"a":1,"${before(60)}${SECRET}${before(at)}`]) {
      const agent = answering(`printf '%s' '${text}' > "$1"`, { makeFilter });
      expect(tells(failureOf(await agent.run(request())).message)).toBe(false);
    }
  });

  test("is not seen in the last line of a chunk, nor in the middle of a line that is too long", async () => {
    for (const length of [8_170, 8_180, 8_190, 16_360, 65_520, 131_060])
      expect(
        tells(
          await seen(
            `printf 'a\\n%s' "$(head -c ${length} /dev/zero | tr '\\0' x)"; echo '${SECRET} end'; exit 1`,
          ),
        ),
      ).toBe(false);
  });
});

describe("an answer that is too long to be read whole is not answered by a part of it", () => {
  const items = Array.from({ length: 10_000 }, (_, index) => item(index));
  const whole = JSON.stringify({ items });

  test.each<[string, () => string]>([
    ["on one line", () => whole],
    ["over many lines", () => JSON.stringify({ items }, undefined, 1)],
    ["after chatter", () => `Here {it} is, {"\n: ${whole}\nDone.`],
    ["broken off", () => whole.slice(0, -3)],
    ["broken off after an item", () => whole.slice(0, whole.lastIndexOf("},{") + 1)],
    ["a list", () => JSON.stringify(items)],
    ["a list, broken off", () => JSON.stringify(items, undefined, 1).slice(0, -2)],
  ])("%s", async (_, text) => {
    expect(failureOf(await printing(text()))).toMatchObject({
      kind: "invalid-output",
      message: expect.stringMatching(/more than 8 MiB.*last 1 MiB/),
    });
  });

  test("and an answer after a long log is found, objects in the log or not", async () => {
    const log = `${items.map((each) => JSON.stringify(each)).join("\n")}\n{ not json\n`;
    expect(valueOf(await printing(`${log}{"a":1}\n`))).toEqual({ a: 1 });
    expect(valueOf(await printing(`${'[info] {x} { "cut\n'.repeat(600_000)}{"a":1}`))).toEqual({
      a: 1,
    });
  });
});

describe("the object that a cut goes through", () => {
  test.each<[string, string, number, Awaited<ReturnType<typeof across>>]>([
    ["begins and ends around it", 'a {"b":{"c":1}} {"d":2}', 10, { start: 2, end: 15 }],
    ["never ends", '{"a":1} {"b":{"c":1}', 12, { start: 8, end: undefined }],
    ["is none when it ends there", '{"a":1}{"b":2}', 7, undefined],
    ["is none when it is chatter", '{a {"\n {"b":2}', 7, undefined],
    ["holds braces in strings", '{"}\\"}":"{"} {"b":2}', 8, { start: 0, end: 12 }],
    ["is a list", '\uFEFF [ {"a":1}, {"b":2}', 14, { start: 4, end: undefined }],
  ])("%s", async (_, text, cut, expected) => {
    expect(await across(text, cut)).toEqual(expected);
  });

  test("hides nothing: what is found after it is what is found in the whole text", async () => {
    expect.hasAssertions();
    const pieces = fc.constantFrom("{", "}", '"', "\\", "\n", " ", '"a":', ",", '{"a":1}', "ä");
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces, { maxLength: 14 }),
        fc.array(pieces, { maxLength: 14 }),
        async (head, tail) => {
          const text = `${head.join("")}${tail.join("")}`;
          const found = await across(text, Buffer.byteLength(head.join("")));
          if (found !== undefined && found.end === undefined) return;
          const rest =
            found?.end === undefined
              ? tail.join("")
              : Buffer.from(text).subarray(found.end).toString("utf8");
          const finding = findJson(rest);
          const taken = finding.found === "value" && JSON.stringify(finding.value) !== "{}";
          expect(taken ? findJson(text) : finding).toEqual(finding);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is looked for in linear time", async () => {
    const text = `${'{"a":'.repeat(2_000_000)}"\n`;
    expect(await across(text, text.length - 10)).toMatchObject({ end: undefined });
  }, 5_000);
});

describe("a disk without room holds the run", () => {
  test(
    "that fills up while a program runs",
    full(async (mount) => {
      const script = `echo '{"a":1}'; while [ ! -s "$1/stdout.log" ]; do sleep 0.01; done; head -c 1000000 /dev/zero 2> /dev/null > "$1/fill"; true`;
      const agent = agentOf({ command: ["/bin/sh", "-c", script, "sh", mount] });
      await expect(agent.run(request({ outputFolder: mount }))).rejects.toMatchObject({
        code: "DISK_FULL",
      });
      expect(readdirSync(mount).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    }),
  );

  test(
    "that has no room for a filtered answer",
    full(async (mount) => {
      const agent = answering('head -c 200000 /dev/zero > "$1"', { makeFilter: stream });
      await expect(agent.run(request({ outputFolder: mount }))).rejects.toMatchObject({
        code: "DISK_FULL",
      });
    }),
  );

  test(
    "that has no room for the built-in agent's answer",
    full(async (mount) => {
      writeFileSync(path.join(mount, "fill"), "");
      spawnSync("/bin/sh", ["-c", 'cat /dev/zero > "$1"', "sh", path.join(mount, "fill")]);
      const asked = request({ outputFolder: mount, inputs: { "spec.md": SMALL_SPEC } });
      await expect(createBuiltinAgent().run(asked)).rejects.toMatchObject({ code: "DISK_FULL" });
    }),
  );
});

test.skipIf(!linux)("a number that went to another process gets no signal (I-25)", async () => {
  const bystander = spawn("sleep", ["60"], { stdio: "ignore" });
  const ended = once(bystander, "exit");
  try {
    const info = processInfo(bystander.pid ?? 0);
    if (info === undefined) throw new Error("the bystander is gone");
    for (const change of [-1, 1]) {
      signalProcess({ ...info, starttime: info.starttime + change }, "SIGTERM");
      expect(processInfo(info.pid)?.zombie).toBe(false);
    }
    signalProcess(info, "SIGINT");
    // SIGTERM would have come first.
    expect((await ended)[1]).toBe("SIGINT");
  } finally {
    bystander.kill("SIGKILL");
  }
});

test("no entry of PATH that is relative is searched, wherever it leads", async () => {
  const bin = path.join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, "planted"), "#!/bin/sh\n");
  chmodSync(path.join(bin, "planted"), 0o755);
  symlinkSync(bin, path.join(folder, "project", "bin"));
  const relative = path.relative(process.cwd(), bin);
  for (const entry of [relative, `./${relative}`, `:${relative}:`])
    for (const cwd of [folder, bin])
      expect(await findProgram("planted", entry, cwd)).toMatchObject({ found: false });
  expect(await findProgram("planted", `${relative}:${bin}`, folder)).toEqual({
    found: true,
    file: path.join(bin, "planted"),
  });
});
