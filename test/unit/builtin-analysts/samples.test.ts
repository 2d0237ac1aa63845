import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { expectSound } from "./holds.ts";

/** Real specs, where they lie beside the project; skipped elsewhere. */
const SAMPLES = path.resolve("../shared/samples/spec-kit");
const files = existsSync(SAMPLES)
  ? readdirSync(SAMPLES, { recursive: true, encoding: "utf8" }).filter(
      (file) => path.basename(file) === "spec.md",
    )
  : [];

const ANSWERS_LIMIT_MS = 60_000;

test.skipIf(files.length === 0)(
  "real specs (skipped without ../shared/samples): all answers sound, no two alike",
  () => {
    const seen = new Map<string, string>();
    for (const file of files) {
      const found = expectSound(readFileSync(path.join(SAMPLES, file), "utf8"));
      const key = JSON.stringify([
        found.architecture.components,
        found.estimation.phases,
        found.risk.risks,
      ]);
      expect(seen.get(key), `${file} has the answers of another spec`).toBeUndefined();
      seen.set(key, file);
    }
  },
  ANSWERS_LIMIT_MS,
);
