import type { WhatIfWish } from "../../../app/schedule/schedule-cases.ts";
import { whatIfLines } from "../../../reporters/schedule/what-if-lines.ts";
import { printResult, type Cli } from "../../cli.ts";
import { listen } from "./listen.ts";
import { wishOf, type SearchFlags } from "./schedule-flags.ts";

export interface WhatIfFlags extends SearchFlags {
  readonly addPerson?: NonNullable<WhatIfWish["addPerson"]>;
  readonly drop?: readonly string[];
  readonly duration?: NonNullable<WhatIfWish["duration"]>;
  readonly split?: readonly string[];
  readonly barriers: boolean;
}

/** Say what changes would bring; without any, what shortens it most (WV-06). Needs no database. */
export async function whatIf(this: Cli, flags: WhatIfFlags, plan?: string): Promise<void> {
  const { schedules } = await this.app();
  const { addPerson = [], drop = [], duration = [], split = [], barriers } = flags;
  const wish = { ...wishOf(plan, flags), addPerson, drop, duration, split, barriers };
  const { answer } = await listen(this, flags, (listening) => schedules.whatIf(wish, listening));
  printResult(this, flags, { json: answer, lines: (style) => whatIfLines(answer, style) });
}
