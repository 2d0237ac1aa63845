/** Answers of the original itself, recorded on 19 of its own plans, against ours: the same bytes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { originalPhases } from "../../../../src/plan/original/original-answers.ts";
import { originalInit } from "../../../../src/plan/original/original-init.ts";
import { originalNext } from "../../../../src/plan/original/original-next.ts";
import { SAMPLES } from "../../spec/samples.ts";

const VERSIONS = ["seed", "head"] as const;
const COUNTS = [1, 3, 5, 10] as const;

/** As the original prints it. */
const printed = (value: unknown): string => JSON.stringify(value, null, 2);

/** What the recording has of each command, in the same form as ours. */
const commands = (recorded: ReadonlyMap<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    ["status_json", ...COUNTS.map((count) => `next_${count}`), "phases"].map((name) => [
      name,
      printed(recorded.get(name)),
    ]),
  );

const recordings = VERSIONS.flatMap((version) => {
  const folder = path.join(SAMPLES, `oracle-${version}`);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => ({
    version,
    name: path.basename(file, ".json"),
    file: path.join(folder, file),
  }));
});

describe("recorded answers of the original", () => {
  test.skipIf(recordings.length === 0)("all of them are there", () => {
    expect(recordings).toHaveLength(38);
  });

  test.each(recordings)("$version: $name", ({ version, name, file }) => {
    const recorded = new Map<string, unknown>(
      Object.entries(JSON.parse(readFileSync(file, "utf8"))),
    );
    const text = readFileSync(path.join(SAMPLES, "plans", `${name}.md`), "utf8");
    const planPath = String(recorded.get("plan"));
    const init = originalInit(planPath, text, version, "<ts>");
    if ("error" in init) throw new Error(init.error);
    expect(printed({ rc: 0, out: init.output, err: "" })).toBe(printed(recorded.get("init")));
    const ours = new Map<string, unknown>([
      ["status_json", init.status],
      ["phases", originalPhases(init.status)],
    ]);
    for (const count of COUNTS)
      ours.set(`next_${count}`, originalNext(init.status, count, version, text));
    expect(commands(ours)).toEqual(commands(recorded));
  });

  test.skipIf(recordings.length > 0)(
    "skipped: the recorded answers (../shared/samples/oracle-*) are not here",
    () => {
      expect(recordings).toEqual([]);
    },
  );
});
