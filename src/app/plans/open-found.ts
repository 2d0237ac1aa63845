import { WavegateError } from "../../core/error.ts";
import { detectDialect } from "../../plan/detect-dialect.ts";
import { openPlan, type OpenPlan } from "./open-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** A file that was looked at: a plan, one that may be a plan or not, or one that can't be read. */
type Opened =
  | { readonly kind: "plan"; readonly file: string; readonly open: OpenPlan }
  | { readonly kind: "unsure"; readonly file: string }
  | { readonly kind: "unread"; readonly file: string; readonly reason: string };

/** Opens those of the files that are plans; what is a companion of one before is passed over, and so is what is in `taken`. */
export async function* openFound(
  ports: PlanPorts,
  files: readonly string[],
  taken = new Set<string>(),
): AsyncGenerator<Opened, void> {
  for (const file of files) {
    if (taken.has(file)) continue;
    try {
      const open = await openPlan(ports, { file, foundBy: { rule: "path", source: null } });
      const detected = detectDialect({ file, text: open.loaded.file.text });
      if (detected?.sure === true) {
        for (const { path } of [open.loaded.file, ...open.loaded.companions]) taken.add(path);
        yield { kind: "plan", file, open };
      } else if (detected && open.plan.tasks.length > 0) yield { kind: "unsure", file };
    } catch (error) {
      if (!(error instanceof WavegateError)) throw error;
      yield { kind: "unread", file, reason: error.message };
    }
  }
}
