import { WavegateError } from "../../../core/error.ts";
import { scheduleLines } from "../../../reporters/schedule/schedule-lines.ts";
import { printResult, type Cli } from "../../cli.ts";
import { EXIT } from "../../exit-code.ts";
import { listen } from "./listen.ts";
import { wishOf, type ProvingFlags } from "./schedule-flags.ts";

/** Schedule a file of another program; with `--json`, give it in our own forms instead. Needs no database. */
export async function importFile(this: Cli, flags: ProvingFlags, file: string): Promise<void> {
  const { schedules } = await this.app();
  const wish = wishOf(file, flags);
  if (flags.json) {
    refuseSearch(flags);
    this.io.stdout.write(`${JSON.stringify(await schedules.converted(wish), undefined, 2)}\n`);
    return;
  }
  const { answer, interrupted } = await listen(this, flags, (listening) =>
    schedules.schedule(wish, listening),
  );
  printResult(this, flags, { json: answer, lines: (style) => scheduleLines(answer, style) });
  this.exit(interrupted ? EXIT.interrupted : EXIT.done);
}

/** Nothing is searched where the file is given in another form. */
function refuseSearch({ prove, budget, seed }: ProvingFlags): void {
  const [flag] = Object.entries({ prove: prove || undefined, budget, seed }).flatMap(
    ([name, value]) => (value === undefined ? [] : [name]),
  );
  if (flag === undefined) return;
  throw new WavegateError(
    "USAGE",
    `--${flag} does nothing with import --json, which searches nothing.`,
    {
      hint: `Leave --${flag} out, or run wavegate schedule with --json for a schedule.`,
    },
  );
}
