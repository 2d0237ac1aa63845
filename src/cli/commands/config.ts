import { oneLine } from "../../core/text.ts";
import { explanationLines, settingLines } from "../../reporters/config-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface PrintFlags extends CommonFlags {
  readonly agent?: string;
  readonly profile?: "api" | "coding-agent";
  readonly concurrency?: number;
}

/** Check the configuration: all its problems at once, as an error, or that there are none. Needs no database. */
export async function configCheck(this: Cli, flags: CommonFlags): Promise<void> {
  const checked = await (await this.app()).config.check();
  const { file, agents, stages } = checked;
  printResult(this, flags, {
    json: { ok: true, ...checked },
    lines: () =>
      file === null
        ? ["There is no configuration: the defaults hold."]
        : [
            `${file}: no problems.`,
            ` agents  ${oneLine(["builtin", ...agents].join(", "), 400)}`,
            ` stages  ${oneLine(stages.join(", "), 400)}`,
          ],
  });
}

/** Print every value that holds, with where it comes from. */
export async function configPrint(this: Cli, flags: PrintFlags, key?: string): Promise<void> {
  const { agent, profile, concurrency } = flags;
  const printed = await (
    await this.app()
  ).config.print({
    ...(key === undefined ? {} : { key }),
    ...(agent === undefined ? {} : { agent }),
    ...(profile === undefined ? {} : { profile }),
    ...(concurrency === undefined ? {} : { concurrency }),
  });
  printResult(this, flags, {
    json: {
      file: printed.file,
      settings: printed.settings.map(({ key: name, value, hidden, source }) => ({
        key: name,
        value,
        hidden,
        source,
      })),
    },
    lines: (style) => settingLines(printed, style),
  });
}

/** Say what a key means, what it takes, its default, and where it is set. */
export async function configExplain(this: Cli, flags: CommonFlags, key: string): Promise<void> {
  const explained = await (await this.app()).config.explain(key);
  printResult(this, flags, {
    json: { ...explained, key: explained.path.join(".") },
    lines: (style) => explanationLines(explained, style),
  });
}
