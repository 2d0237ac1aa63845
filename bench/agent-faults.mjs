/**
 * Bad agents, each in a real run: what comes of it, what is left alive, what memory Wavegate takes besides, how long killing takes, and how often
 * the secret that each of them prints is found afterwards. Needs `npm run build` and Linux; `node --expose-gc bench/agent-faults.mjs [beginning of faults]`.
 */
import path from "node:path";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { openApp } from "../dist/bootstrap/open-app.js";
import { connectDatabase } from "../dist/bootstrap/open-database.js";
import { startModelServer } from "../dist/testing/index.js";
import { faultyModel } from "./agent-faults/model-rows.mjs";
import { createFaultProject } from "./agent-faults/fault-project.mjs";
import { ROWS } from "./agent-faults/rows.mjs";

const MIB = 1024 * 1024;
const MOST_MEMORY = 64 * MIB;
const wanted = process.argv[2];
const rows = ROWS.filter(({ fault }) => wanted === undefined || fault.startsWith(wanted));
const cli = path.resolve(import.meta.dirname, "../dist/cli/main.js");
const models = await startModelServer({ script: faultyModel });
const faults = createFaultProject(ROWS, { openApp, connectDatabase, cli, modelUrl: models.url });
let failed = 0;
try {
  // What is loaded once is not the row's.
  const gate = await faults.gate();
  console.log(
    "| agent | outcome | run | survivors | files outside | extra memory | time to kill | time |\n|---|---|---|---|---|---|---|---|",
  );
  for (const row of rows) {
    const env = row.needs === "cli" ? { FAULT_GATE: `${gate.runId} ${gate.digest}` } : {};
    const end = await faults.run({ ...row, env });
    const ok =
      row.outcome.test(end.outcome) &&
      (row.told?.test(end.told) ?? true) &&
      end.calls === (row.calls ?? end.calls) &&
      end.injected === (row.injected ?? 0) &&
      end.survivors === 0 &&
      end.extraBytes < MOST_MEMORY &&
      !end.shown.some((line) => faults.leaks(line));
    if (!ok) failed += 1;
    const cells = [
      row.fault,
      `${end.outcome.slice(0, 90)}${row.told ? ` (${row.told.exec(end.told)?.[0]})` : ""}`,
      end.state,
      end.survivors,
      end.injected,
      `${(end.extraBytes / MIB).toFixed(1)} MiB`,
      end.killMs === undefined ? "–" : `${end.killMs} ms`,
      `${(end.runMs / 1000).toFixed(1)} s`,
    ];
    console.log(`| ${cells.join(" | ")} |${ok ? "" : " FAILED"}`);
  }
  const files = faults.leakedFiles();
  const { rows: looked, leaked } = await faults.leakedRows();
  console.log(
    `\nSecret found: ${files.length} files of .wavegate, ${leaked.length} tables of the database (${looked} rows).`,
  );
  for (const one of [...files, ...leaked]) console.log(`  ${one}`);
  failed += files.length + leaked.length;
} finally {
  await stopEmbeddedPostgres({
    env: { WAVEGATE_HOME: path.join(faults.folder, "home") },
    force: true,
  });
  faults.remove();
  await models.close();
}
process.exitCode = failed === 0 ? 0 : 1;
