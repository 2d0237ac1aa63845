/** What workers compare before they take tasks of each other's runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadConfig } from "../../../src/adapters/config/load-config.ts";
import { settingsDigest } from "../../../src/bootstrap/settings-digest.ts";

const root = mkdtempSync(path.join(tmpdir(), "wavegate-settings-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function digestWith(text: string, ...agents: readonly string[]): string {
  writeFileSync(path.join(root, "wavegate.config.yaml"), text);
  const named = new Map(agents.map((name) => [name, {} as never]));
  return settingsDigest({ config: loadConfig(root), agents: named });
}

test("is another one where anything is configured otherwise, and the same where only comments are", () => {
  const before = digestWith("execution: { workers: 3 }\n", "a", "b");
  expect(digestWith("# as many as cores\nexecution: { workers: 3 }\n", "b", "a")).toBe(before);
  expect(digestWith("execution: { workers: 4 }\n", "a", "b")).not.toBe(before);
  expect(digestWith("execution: { workers: 3 }\n", "a")).not.toBe(before);
  expect(digestWith("execution: [", "a", "b")).not.toBe(before);
});
