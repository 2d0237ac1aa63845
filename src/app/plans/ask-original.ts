import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { toJson, type Json } from "../../core/json.ts";
import { printedByOriginal, type OriginalPrint } from "../../plan/original/printed-by-original.ts";
import { originalSeesTask } from "../../plan/plan-file/original-view.ts";
import { findPlan } from "./find-plan.ts";
import type { OriginalWish } from "./plan-cases.ts";
import { readTexts } from "./open-plan.ts";
import { portsFor, type PlanPorts } from "./plan-ports.ts";

/** What the original tool of plan files would print about a plan. Throws PLAN_NOT_FOUND, PLAN_UNREADABLE; USAGE for another dialect in which it sees no task. */
export async function askOriginal(home: PlanPorts, wish: OriginalWish): Promise<OriginalPrint> {
  const ports = portsFor(home, wish.plan);
  const { planFiles, planContext, clock } = ports;
  const { file } = await findPlan(ports, wish.plan);
  const loaded = await planFiles.load(file);
  if (!loaded.ok) throw loaded.error;
  const { dialect } = readTexts([loaded.value.file, ...loaded.value.companions]);
  if (dialect !== "plan-file" && !loaded.value.file.text.split("\n").some(originalSeesTask))
    throw new WavegateError("USAGE", `The original tool finds no task in ${oneLine(file, 200)}.`, {
      hint: "It reads plan files alone (`- [ ] 1.1 …`): leave out --like-original.",
      place: { file },
    });
  const status = loaded.value.status?.file;
  if (status && !status.ok) throw status.error;
  return printedByOriginal({
    command: wish.command,
    version: wish.version,
    planPath: file,
    planText: loaded.value.file.text,
    status: status && parsed(status.value.text),
    now: new Date(clock.now()).toISOString(),
    localTime: (iso) => planContext.localTime(iso),
  });
}

/** Null for what is no JSON: no status file to the original. */
function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return toJson(value);
  } catch {
    return null;
  }
}
