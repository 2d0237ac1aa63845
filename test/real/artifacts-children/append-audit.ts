/** Appends entries to an audit log whose anchor is a file. */
import { readFileSync, writeFileSync } from "node:fs";
import { createAuditLog } from "../../../src/adapters/artifacts/audit-log.ts";

const [file = "", anchorFile = "", name = "", count = "0"] = process.argv.slice(2);
const log = createAuditLog({
  file,
  anchor: {
    load: async () => {
      try {
        return JSON.parse(readFileSync(anchorFile, "utf8"));
      } catch {
        return undefined;
      }
    },
    store: async (anchor) => writeFileSync(anchorFile, JSON.stringify(anchor)),
  },
});
for (let n = 1; n <= Number(count); n += 1) {
  await log.append({
    id: `${name}-${n}`,
    at: "2026-01-01T00:00:00.000Z",
    actor: name,
    action: "approve",
    runId: "run-1",
    digest: "d",
    details: null,
  });
}
