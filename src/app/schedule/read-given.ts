import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { portsFor, type PlanPorts } from "../plans/plan-ports.ts";

/** What the file is called where there is none, and what to do then. */
export interface GivenKind {
  readonly what: string;
  readonly hint: string;
}

const FILE: GivenKind = { what: "file", hint: "Check the path." };

/** The text of a file that a person named, of whichever repository or folder. Throws FILE_UNREADABLE, and what reading it can. */
export async function readGiven(
  ports: PlanPorts,
  given: string,
  { what, hint }: GivenKind = FILE,
): Promise<{ readonly path: string; readonly text: string }> {
  const { planFiles } = portsFor(ports, given);
  const named = await planFiles.named(given);
  if (!named.ok) throw named.error;
  const read = await planFiles.read(named.value);
  if (read?.ok) return read.value;
  if (read) throw read.error;
  throw new WavegateError("FILE_UNREADABLE", `There is no ${what} ${oneLine(given, 200)}.`, {
    hint,
    place: { file: given },
  });
}
