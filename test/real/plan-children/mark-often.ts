/** Ticks tasks 1 … of a phase of a plan with words, one edit each, as `wavegate plans tick --notes` does. */
import { digestOf } from "../../../src/adapters/shared/digest.ts";
import { editTasks } from "../../../src/app/plans/edit-tasks.ts";
import { planPorts } from "../../../src/bootstrap/plan-ports.ts";

const [root = "", plan = "", phase = "", count = "0"] = process.argv.slice(2);
const ports = {
  ...planPorts({ root, cwd: root, env: {} }),
  clock: { now: () => Date.now() },
  digestOf,
};
for (let task = 1; task <= Number(count); task++) {
  const key = `${phase}.${task}`;
  const { tasks } = await editTasks(ports, { names: [plan, key], action: "tick", words: "done" });
  // What the others do meanwhile is not told as this one's.
  const told = tasks.map(({ key: named, before, after }) => `${named} ${before} ${after}`).join();
  if (told !== `${key} open done`) throw new Error(told);
}
