import { createHash } from "node:crypto";
import { z } from "zod";
import { oneLine } from "../../../../core/text.ts";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import { linesOf } from "../synthesis/requests.ts";
import type { Issue } from "./issues.ts";
import { prose } from "./report-text.ts";

const peopleWords = z.array(z.object({ by: z.string(), at: z.string(), text: z.string() }));
const ACCEPT = /^accept\s+([A-Z]{1,12}-\d{1,4})\s*[:：–—-]\s*(.*[\p{L}\p{N}].*)$/iu;

/** Which issue a line accepts, and why; undefined where it does not name both. */
export function acceptanceIn(
  line: string,
): { readonly id: string; readonly reason: string } | undefined {
  const [, id, reason] = ACCEPT.exec(line) ?? [];
  return id === undefined || reason === undefined ? undefined : { id: id.toUpperCase(), reason };
}

/**
 * Issues with those marked that people accepted: at a gate or hold by a line `accept SEC-2: reason`, or in the report
 * before, as long as they are the same. Without a reason nothing is accepted, and a critical issue never is: it has to be
 * mended.
 *
 * @param inputs `people.json` and the `quality_report.md` of the review before
 */
export function withAccepted(
  issues: readonly Issue[],
  inputs: Readonly<Record<string, string>>,
): readonly Issue[] {
  const reasons = saidByPeople(inputs["people.json"]);
  const before = acceptedIn(inputs["quality_report.md"] ?? "");
  return issues.map((one) =>
    one.severity === "critical"
      ? one
      : {
          ...one,
          accepted: reasons.get(one.id.toUpperCase()) ?? before.get(keyOf(one)) ?? null,
        },
  );
}

function saidByPeople(people: string | undefined): ReadonlyMap<string, string> {
  const words = peopleWords.safeParse(parseJson(people));
  if (!words.success) return new Map();
  return new Map(
    words.data.flatMap(({ by, text }) =>
      linesOf([text]).flatMap((line): [string, string][] => {
        const said = acceptanceIn(line);
        return said ? [[said.id, `${oneLine(by, 60)}: ${oneLine(said.reason, 300)}`]] : [];
      }),
    ),
  );
}

const LINE =
  /^- \*\*[A-Z]{1,12}-\d{1,4}\*\* .{0,2000} — accepted by (.{3,600}) \(key ([0-9a-f]{12})\)$/gm;

/** Who accepted what and why, by the keys that a report holds. */
const acceptedIn = (report: string): ReadonlyMap<string, string> =>
  new Map(
    [...report.matchAll(LINE)].map(([, said = "", key = ""]) => [
      key,
      said.replace(/\\([\\`*_[\]~|/])/g, "$1"),
    ]),
  );

/** An accepted issue as a line of the report, with the key by which the next review knows it again. */
export const acceptedLine = (one: Issue): string =>
  `**${one.id}** ${prose(one.title)} — accepted by ${prose(one.accepted ?? "")} (key ${keyOf(one)})`;

/**
 * What makes an issue the same one as in an earlier review: all that it says but the lines of files, which move. One that
 * weighs more, or names another file or another number of them, is a new one that nobody accepted.
 */
function keyOf({ severity, title, place, evidence }: Issue): string {
  const told = [severity, title, place ?? "", evidence]
    .map((text) => text.replace(/:\d+\b/g, "").replace(/\blines? \d+/g, ""))
    .join("\n");
  return createHash("sha256").update(told).digest("hex").slice(0, 12);
}
