import { oneLine } from "../../core/text.ts";
import type { HealthCheck } from "../../ports/health.ts";
import { composeLine, symbolsOf, type Style } from "../../reporters/style.ts";
import { textWidth } from "../../reporters/text-width.ts";
import { hintLines } from "../../reporters/diagnostic-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { EXIT } from "../exit-code.ts";

/** Look at everything Wavegate needs: Node, the database, the project, agents. */
export async function doctor(this: Cli, flags: CommonFlags): Promise<void> {
  report(this, flags, await (await this.app()).doctor());
}

export async function databaseStatus(this: Cli, flags: CommonFlags): Promise<void> {
  report(this, flags, await (await this.app()).database.status());
}

export async function databaseStart(this: Cli, flags: CommonFlags): Promise<void> {
  const message = await (await this.app()).database.start();
  printResult(this, flags, { json: { message }, lines: () => [message] });
}

export interface StopFlags extends CommonFlags {
  readonly force: boolean;
}

export async function databaseStop(this: Cli, flags: StopFlags): Promise<void> {
  const { force } = flags;
  const message = await (await this.app()).database.stop({ force });
  printResult(this, flags, { json: { message }, lines: () => [message] });
}

function report(cli: Cli, flags: CommonFlags, checks: readonly HealthCheck[]): void {
  const failed = checks.some((check) => check.state === "problem");
  cli.exit(failed ? EXIT.failed : EXIT.done);
  printResult(cli, flags, { json: { checks }, lines: (style) => checkLines(checks, style) });
}

/** Checks, one a line, each with what to do. */
export function checkLines(checks: readonly HealthCheck[], style: Style): readonly string[] {
  const { good, bad, partial } = symbolsOf(style);
  const columns = Math.max(0, ...checks.map((check) => textWidth(check.name))) + 2;
  const look = { ok: [good, "good"], warning: [partial, "warn"], problem: [bad, "bad"] } as const;
  return checks.flatMap(({ name, state, detail, hint }) => {
    const [symbol, tone] = look[state];
    return [
      composeLine({ ...style, width: 10_000 }, [
        { text: `${symbol} `, tone },
        { text: name, columns },
        { text: oneLine(detail, 1_000) },
      ]).trimEnd(),
      ...(hint === undefined ? [] : hintLines(hint, style)),
    ];
  });
}
