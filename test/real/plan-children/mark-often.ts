/** Completes tasks 1 … of a phase of a plan, one change each, in the status file and in their boxes. */
import { createPlanFiles } from "../../../src/adapters/plan-files/plan-files.ts";
import { markTasks } from "../../../src/plan/edits/mark-tasks.ts";
import { tinyPlan } from "../../unit/plan/edits/tiny-plan.ts";

const [root = "", plan = "", status = "", phase = "", count = "0"] = process.argv.slice(2);
const files = createPlanFiles({ root, cwd: root });
for (let task = 1; task <= Number(count); task++) {
  const changed = await files.change({
    files: [{ path: status }, { path: plan }],
    edit(now) {
      const text = now.get(plan)?.text ?? "";
      const marked = markTasks({
        source: { file: plan, text },
        plan: tinyPlan(text, "plan-file", plan),
        status: { file: status, text: now.get(status)?.text },
        tasks: [`${phase}.${task}`],
        to: "completed",
        now: Date.now(),
      });
      if (!marked.ok) return marked;
      return {
        ok: true,
        value: marked.value.map((each) => ({ path: each.file, text: each.text })),
      };
    },
  });
  if (!changed.ok) throw changed.error;
}
