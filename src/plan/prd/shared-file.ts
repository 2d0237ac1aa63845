import type { FilePlace } from "../../core/place.ts";
import type { DeclaredFile, PlanDiagnostic, Task } from "../model.ts";
import { note, quoted } from "../report.ts";
import { placeIn, type Outline, type PlacedLine } from "./outline.ts";
import type { KeyedPhase } from "./phase-dependencies.ts";
import { PRD_REPORT } from "./report.ts";

interface Shared {
  readonly tasks: readonly Task[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** `all changes within one file`, `all enhancements within code-review-agent.md`. */
const SAYS =
  /\ball\s{1,4}(?:[\w-]{1,20}\s{1,4}){0,3}?(?:changes|edits|enhancements|modifications|updates|work|tasks)\s{1,4}(?:(?:are|go|happen|stay|made|is|will|be)\s{1,4}){0,3}(?:within|inside|in|into|to)\s{1,4}(?:(?:(?:the\s{1,4})?(?:one|single|same)|a\s{1,4}single)\s{1,4}(?:[\w-]{1,20}\s{1,4})?file\b|(?:the\s{1,4})?(?:existing\s{1,4})?[`*]{0,3}([\w@./-]{1,200}\.[A-Za-z]\w{0,7})\b)/i;
const PATH = /(?:[\w@.-]{1,80}\/){0,12}[\w@.-]{1,80}\.(?:[A-Za-z]\w{0,7})\b/g;
/** Longest line that is looked at. */
const MAX_TEXT = 1_000;

/**
 * What a PRD says of the file that all tasks of a phase change, or outside of phases all tasks: a guessed write of each of them that
 * declares no file, so that no two are taken to be free to run at once. `one file` is the one file that the goal and outputs of its
 * phase name; where they name none or several, a thing of its own.
 */
export function shareFiles(
  outlines: readonly Outline[],
  phases: readonly KeyedPhase[],
  tasks: readonly Task[],
): Shared {
  const whole = wholePaths(phases);
  const found = new Map<string, DeclaredFile>();
  const diagnostics: PlanDiagnostic[] = [];
  const tell = (file: DeclaredFile, of: string) =>
    diagnostics.push(
      note(
        PRD_REPORT.oneFile,
        file.place,
        `All tasks${of} are taken to write ${quoted(file.path)}`,
      ),
    );
  for (const { key, draft } of phases) {
    const { outline, start, end } = draft.block;
    const said = outline.lines.slice(start, end).flatMap(statementIn)[0];
    if (!said) continue;
    const named = namesIn(draft.goal ?? "", draft.outputs);
    const only = new Set([...named].map((name) => whole.get(lastPart(name)) ?? name));
    const [one, another] = only;
    const guess = one !== undefined && another === undefined ? one : `one file of phase ${key}`;
    const file = fileOf(said, said.path === undefined ? guess : completed(said.path, whole));
    found.set(key, file);
    tell(file, ` of phase ${quoted(key)}`);
  }
  const general = outlines
    .flatMap((each) => outsideOf(each, phases).flatMap(statementIn))
    .find(({ path }) => path !== undefined);
  const forAll = general && fileOf(general, completed(general.path ?? "", whole));
  if (forAll) tell(forAll, "");
  return {
    tasks: tasks.map((task) => {
      const file = found.get(task.phase ?? "") ?? forAll;
      return file && task.files.length === 0 ? { ...task, files: [file] } : task;
    }),
    diagnostics,
  };
}

interface Said {
  readonly path: string | undefined;
  readonly place: FilePlace;
}

function statementIn(line: PlacedLine): readonly Said[] {
  if (line.kind !== "text") return [];
  const match = SAYS.exec(line.text.slice(0, MAX_TEXT));
  return match ? [{ path: match[1], place: placeIn(line, match.index) }] : [];
}

const fileOf = ({ place }: Said, path: string): DeclaredFile => ({
  path,
  access: "write",
  inferred: true,
  place,
});

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const completed = (path: string, whole: ReadonlyMap<string, string | undefined>): string =>
  path.includes("/") ? path : (whole.get(path) ?? path);

const namesIn = (goal: string, outputs: KeyedPhase["draft"]["outputs"]): ReadonlySet<string> =>
  new Set(
    [goal, ...outputs.map(({ text }) => text)].flatMap((text) =>
      Array.from(text.slice(0, MAX_TEXT).matchAll(PATH), ([path]) => path),
    ),
  );

/** The paths that goals and outputs name with a folder, by their last part; undefined where two end alike. */
function wholePaths(phases: readonly KeyedPhase[]): ReadonlyMap<string, string | undefined> {
  const whole = new Map<string, string | undefined>();
  for (const { draft } of phases)
    for (const path of namesIn(draft.goal ?? "", draft.outputs)) {
      if (!path.includes("/")) continue;
      const last = lastPart(path);
      whole.set(last, whole.has(last) && whole.get(last) !== path ? undefined : path);
    }
  return whole;
}

function outsideOf(outline: Outline, phases: readonly KeyedPhase[]): readonly PlacedLine[] {
  const inside = new Set(
    phases.flatMap(({ draft: { block } }) =>
      block.outline === outline ? outline.lines.slice(block.start, block.end) : [],
    ),
  );
  return outline.lines.filter((line) => !inside.has(line));
}
