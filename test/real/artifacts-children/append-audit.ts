/** Appends entries to an audit log whose anchor is a file. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createAuditLog } from "../../../src/adapters/artifacts/audit-log.ts";
import type { AnchoredHead } from "../../../src/ports/audit.ts";

const [file = "", anchorFile = "", name = "", count = "0"] = process.argv.slice(2);
const load = (): AnchoredHead | undefined => {
  try {
    return JSON.parse(readFileSync(anchorFile, "utf8"));
  } catch {
    return undefined;
  }
};
const store = (anchor: AnchoredHead) => {
  writeFileSync(`${anchorFile}.${name}`, JSON.stringify(anchor));
  renameSync(`${anchorFile}.${name}`, anchorFile);
};
const log = createAuditLog({
  file,
  anchor: {
    load: async () => load(),
    announce: async ({ entries, head }, pending) => {
      const kept = load();
      if (kept && kept.head !== head) return false;
      store({ entries, head, pending, adopted: kept?.adopted ?? entries });
      return true;
    },
    settle: async ({ entries, head }) => {
      const kept = load();
      if (kept?.pending === head) store({ ...kept, entries, head, pending: undefined });
    },
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
