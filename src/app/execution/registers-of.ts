import { readRiskRegister, type RegisterFile } from "../../schedule/formats/read-risk-register.ts";
import { S3_FILES } from "../../schedule/report/s3/files.ts";
import type { PlanFiles } from "../../ports/plan-files.ts";

/** Registers that are read, in the order of their paths. */
const MOST = 50;

/**
 * By path of a plan, the register that `wavegate schedule --output` wrote of it last, wherever in the project that is; what can't be read is none.
 *
 * @param paths of the project's files
 */
export async function registersOf(
  { planFiles }: { readonly planFiles: Pick<PlanFiles, "read"> },
  paths: readonly string[],
): Promise<ReadonlyMap<string, RegisterFile>> {
  const found = new Map<string, RegisterFile>();
  const name = S3_FILES.riskMitigationPlan;
  const registers = paths.filter((path) => path === name || path.endsWith(`/${name}`)).toSorted();
  for (const path of registers.slice(0, MOST)) {
    const file = await planFiles.read(path);
    const register = file?.ok === true ? readRiskRegister(file.value.text) : undefined;
    if (!register) continue;
    const known = found.get(register.plan);
    if (!known || register.planned > known.planned) found.set(register.plan, register);
  }
  return found;
}
