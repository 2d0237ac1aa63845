import { readJsonTree } from "../../core/json-tree.ts";
import { ok } from "../../core/result.ts";
import type { WrittenFile } from "../../schedule/answers/schedule-answer.ts";
import { localTimes } from "../../schedule/answers/local-times.ts";
import { factsOf } from "../../schedule/report/facts.ts";
import { writeCalendarFile } from "../../schedule/report/calendar-file/write-calendar-file.ts";
import { writeDrawings } from "../../schedule/report/drawing/write-drawings.ts";
import { PAGE_MARK, strategyPage } from "../../schedule/report/page/strategy-page.ts";
import { writeS3Files } from "../../schedule/report/s3/write-s3-files.ts";
import { writeDocuments } from "../../schedule/report/write-documents.ts";
import type { Writing } from "../../schedule/report/writing.ts";
import type { Strategy } from "../../schedule/strategy/strategy.ts";
import type { NewText } from "../../ports/plan-files.ts";
import { planName } from "../../plan/plan-name.ts";
import type { ScheduleWish } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";

/** What all outputs of a strategy share. */
export function writingOf(
  { clock }: Pick<SchedulePorts, "clock">,
  source: string,
  strategy: Strategy,
): Writing {
  const minute = localTimes(strategy.project.zone);
  return {
    strategy,
    id: `parallel_exec_${planName(source)}`,
    source,
    planned: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
    dates: { minute, day: (instant) => minute(instant).slice(0, 10) },
  };
}

/** S3's five files as they are written, by name. */
export const s3Texts = (writing: Writing): ReadonlyMap<string, string> =>
  new Map(
    [...writeS3Files(writing)].map(([name, content]) => [
      name,
      `${JSON.stringify(content, undefined, 2)}\n`,
    ]),
  );

/** Beside outputs: the digest of each, as it was written. What is not as it says is somebody's own. */
export const RECORD = ".wavegate-schedule.json";

type Wish = Pick<ScheduleWish, "output" | "html" | "svg" | "ics">;

/** The files that a wish asks for: folders with a record of what was written, and single files that are known by a mark in them. */
export async function writeOutputs(
  ports: SchedulePorts,
  { output, html, svg, ics }: Wish,
  writing: Writing,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  if (output !== undefined) written.push(...(await writeFolder(ports, output, allTexts(writing))));
  if (svg !== undefined) written.push(...(await writeFolder(ports, svg, writeDrawings(writing))));
  if (html !== undefined)
    written.push(await writeOne(ports, html, { text: strategyPage(writing), mark: PAGE_MARK }));
  if (ics !== undefined) {
    const text = writeCalendarFile(factsOf(writing));
    written.push(await writeOne(ports, ics, { text, mark: CALENDAR_MARK }));
  }
  return written;
}

/** By which a calendar of ours is known. */
const CALENDAR_MARK = "PRODID:-//Wavegate//schedule//EN";

const allTexts = (writing: Writing): ReadonlyMap<string, string> =>
  new Map([
    ...s3Texts(writing),
    ...writeDocuments(writing),
    ["strategy.html", strategyPage(writing)],
    ...[...writeDrawings(writing)].map(([name, text]) => [`drawings/${name}`, text] as const),
  ]);

/** A file that is there and has not our mark stays as it is. */
async function writeOne(
  { planFiles }: SchedulePorts,
  given: string,
  { text, mark }: { readonly text: string; readonly mark: string },
): Promise<WrittenFile> {
  const named = await planFiles.named(given);
  if (!named.ok) throw named.error;
  const path = named.value;
  let outcome: WrittenFile["outcome"] = "written";
  const changed = await planFiles.change({
    files: [{ path }],
    edit(now) {
      const there = now.get(path)?.text;
      if (there === text) outcome = "unchanged";
      else if (there === undefined) outcome = "written";
      else outcome = there.includes(mark) ? "rewritten" : "kept";
      return ok(outcome.endsWith("written") ? [{ path, text }] : []);
    },
  });
  if (!changed.ok) throw changed.error;
  return { path, outcome };
}

/** Write texts into a folder that a person named where they are. */
async function writeFolder(
  ports: SchedulePorts,
  given: string,
  texts: ReadonlyMap<string, string>,
): Promise<readonly WrittenFile[]> {
  const folder = await folderOf(ports, `${given.replace(/\/$/, "")}/${RECORD}`);
  return writeAll(ports, folder, texts);
}

/** The folder that a file is in, relative to the project. Throws USAGE for one outside of it. */
async function folderOf({ planFiles }: SchedulePorts, given: string): Promise<string> {
  const named = await planFiles.named(given);
  if (!named.ok) throw named.error;
  return splitPath(named.value)[0];
}

const splitPath = (path: string): readonly [string, string] => {
  const at = path.lastIndexOf("/") + 1;
  return [path.slice(0, at), path.slice(at)];
};

/**
 * Write texts into a folder, all or none, under locks. A file that is there and is not as the record says this wrote it, stays as it is.
 * Throws what changing files can: PLAN_CHANGED, PLAN_UNREADABLE, DISK_FULL, PROJECT_NOT_WRITABLE.
 */
async function writeAll(
  { planFiles, digestOf }: SchedulePorts,
  folder: string,
  texts: ReadonlyMap<string, string>,
): Promise<readonly WrittenFile[]> {
  const record = `${folder}${RECORD}`;
  let written: readonly WrittenFile[] = [];
  const changed = await planFiles.change({
    files: [...texts.keys(), RECORD].map((name) => ({ path: `${folder}${name}` })),
    edit(now) {
      const known = digestsIn(now.get(record)?.text);
      written = Array.from(texts, ([name, text]): WrittenFile => {
        const path = `${folder}${name}`;
        const there = now.get(path)?.text;
        if (there === text) return { path, outcome: "unchanged" };
        if (there === undefined) return { path, outcome: "written" };
        return { path, outcome: known.get(name) === digestOf(there) ? "rewritten" : "kept" };
      });
      const fresh = written.flatMap(({ path, outcome }): readonly NewText[] => {
        const name = path.slice(folder.length);
        const text = texts.get(name) ?? "";
        if (outcome !== "kept") known.set(name, digestOf(text));
        return outcome.endsWith("written") ? [{ path, text }] : [];
      });
      const files = Object.fromEntries([...known].toSorted(([a], [b]) => (a < b ? -1 : 1)));
      const own = `${JSON.stringify({ writtenBy: "wavegate schedule", files }, undefined, 2)}\n`;
      return ok([...fresh, { path: record, text: own }]);
    },
  });
  if (!changed.ok) throw changed.error;
  return written;
}

/** Digests by name; none where the record can't be read: then all files stay. */
function digestsIn(text: string | undefined): Map<string, string> {
  const { root } = readJsonTree(text ?? "{}", { maxDepth: 8 });
  const files = root?.kind === "map" && root.entries.find(({ key }) => key === "files")?.value;
  if (!files || files.kind !== "map") return new Map();
  return new Map(
    files.entries.flatMap(({ key, value }) =>
      value.kind === "scalar" && typeof value.value === "string"
        ? [[key, value.value] as const]
        : [],
    ),
  );
}
