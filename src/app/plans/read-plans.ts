import { remark } from "../../plan/edits/remark.ts";
import type { Plan } from "../../plan/model.ts";
import type { PlanFile } from "../../ports/plan-files.ts";
import { readTexts } from "./open-plan.ts";

/** Plans as they were read last, for whoever marks them often: large ones take longer to read than to mark. They are for nobody to keep: marks change them. */
export class ReadPlans {
  readonly #known = new Map<string, { readonly digests: string; readonly plan: Plan }>();

  /** The plan of a file that is written in these files: the one that is known, if they are what it was read from. */
  of(file: string, files: readonly PlanFile[]): Plan {
    const digests = digestsOf(files);
    const known = this.#known.get(file);
    const plan = known?.digests === digests ? known.plan : readTexts(files);
    this.#known.set(file, { digests, plan });
    return plan;
  }

  /** Some of a plan was marked in its files; what comes of that is known without reading, or read when it is asked for. */
  marked(
    file: string,
    keys: readonly string[],
    {
      before,
      after,
    }: { readonly before: readonly PlanFile[]; readonly after: readonly PlanFile[] },
  ): void {
    const known = this.#known.get(file);
    const texts = { before: textsOf(before), after: textsOf(after) };
    if (known?.digests === digestsOf(before) && remark(known.plan, keys, texts))
      this.#known.set(file, { digests: digestsOf(after), plan: known.plan });
    else this.#known.delete(file);
  }
}

const digestsOf = (files: readonly PlanFile[]): string =>
  JSON.stringify(files.map(({ path, digest }) => [path, digest]));

const textsOf = (files: readonly PlanFile[]) =>
  files.map(({ path, text }) => ({ file: path, text }));
