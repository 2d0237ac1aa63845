/** Takes the locks of a plan's files, says so, and never lets go. */
import { writeSync } from "node:fs";
import { createPlanFiles } from "../../../src/adapters/plan-files/plan-files.ts";

const [root = "", ...paths] = process.argv.slice(2);
await createPlanFiles({ root, cwd: root }).change({
  files: paths.map((path) => ({ path })),
  edit() {
    writeSync(1, "holding\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return { ok: true, value: [] };
  },
});
