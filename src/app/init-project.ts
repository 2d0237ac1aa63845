import { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";
import type { Left, Seen } from "../integrations/changes.ts";
import {
  NOTHING_INSTALLED,
  readRecord,
  RECORD_FILE,
  recordText,
  type InstallRecord,
} from "../integrations/install-record.ts";
import { planInstall, planRemoval, type InstallPlan } from "../integrations/plan-install.ts";
import { EXTENSIONS_FILE } from "../integrations/spec-kit.ts";
import { PLACE_MARKS, TARGET_NAMES, TARGETS, type TargetName } from "../integrations/targets.ts";
import { wantedFiles, type WantedFile } from "../integrations/wanted-files.ts";
import type { AppPorts } from "./app-ports.ts";

export interface InitRequest {
  /** For which coding agents; without it, for those that are found. An empty list is for none. */
  readonly for?: readonly TargetName[];
  /** Take away what `init` wrote: for these agents, or everything. */
  readonly remove?: boolean;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
}

/** What `init` did, or would do. Paths are relative to the project. */
export interface InitReport {
  /** For which agents, and how each was found. */
  readonly targets: readonly { readonly name: TargetName; readonly found: string }[];
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly left: readonly Left[];
  /** Whether anything that `init` wrote was there before. */
  readonly known: boolean;
  /** The first specification of the project by name; undefined where there is none. */
  readonly spec?: string;
}

/** `initProject`, and what could be planned next. */
export async function initAndLook(
  ports: InitPorts & Pick<AppPorts, "repository">,
  request: InitRequest,
): Promise<InitReport> {
  const made = await initProject(ports, request);
  if (request.remove) return made;
  const { files } = await ports.repository.read({ maxBytes: 0 });
  const [spec] = files
    .map(({ path }) => path)
    .filter((path) => SPEC_FILE.test(path))
    .toSorted();
  return spec === undefined ? made : { ...made, spec };
}

const SPEC_FILE = /^specs\/[^/]+\/spec\.md$/;

type InitPorts = Pick<AppPorts, "tree" | "starter" | "templates" | "hasProgram" | "digestOf"> & {
  readonly settings: () => Promise<Result<unknown, WavegateError>>;
};

/** Write the starter configuration, and skills, commands and hooks for the coding agents in use; or take them away. */
export async function initProject(ports: InitPorts, request: InitRequest): Promise<InitReport> {
  const first = await prepare(ports, request);
  if (request.dryRun) return report(first);
  // What would change nothing leaves no trace, not even a folder for a lock.
  if (first.plan.changes.length === 0 && isSameRecord(first)) return report(first);
  return ports.tree.change(async (hand) => {
    const prepared = await prepare(ports, request);
    const { plan } = prepared;
    const folders = [...new Set([...plan.ahead.folders, ...hand.made])].toSorted();
    const ahead = recordText({ ...plan.ahead, folders });
    // Taking away needs no room on the disk.
    if (ahead !== recordText(prepared.record)) await hand.keepRecord(ahead);
    for (const change of plan.changes) await hand.make(change).catch(halfway);
    await hand.prune(folders);
    if (isNothing(plan.after)) {
      await hand.keepRecord(undefined);
      hand.leave(folders);
    } else await hand.keepRecord(recordText({ ...plan.after, folders }));
    return report(prepared);
  });
}

/** What was written up to there is known: it can be finished, or taken back. */
function halfway(error: unknown): never {
  if (!(error instanceof WavegateError)) throw error;
  const { code, message, hint, place } = error;
  throw new WavegateError(code, message, {
    hint: `${hint} Then run the command again; \`wavegate init --remove\` takes back what was written.`,
    ...(place && { place }),
    cause: error,
  });
}

interface Prepared {
  readonly plan: InstallPlan;
  readonly record: InstallRecord;
  readonly targets: InitReport["targets"];
}

const isNothing = ({ files, hooks, targets }: InstallRecord) =>
  targets.length === 0 && hooks === undefined && Object.keys(files).length === 0;

const isSameRecord = ({ plan, record }: Prepared) =>
  recordText(plan.after) === recordText(record) || (isNothing(plan.after) && isNothing(record));

async function prepare(ports: InitPorts, request: InitRequest): Promise<Prepared> {
  const record = await recordOf(ports);
  const marks = Object.values(TARGETS).flatMap(({ marks: own }) => own);
  const places = await ports.tree.look([...marks, ...PLACE_MARKS, ...ports.starter.unless]);
  const isThere = (path: string) => places.get(path)?.kind !== "missing";
  if (!request.remove && ports.starter.unless.some(isThere)) {
    // One that is there but can't be read is no configuration.
    const settings = await ports.settings();
    if (!settings.ok) throw settings.error;
  }
  const templates = await ports.templates();

  const targets = request.remove
    ? record.targets.filter((name) => request.for !== undefined && !request.for.includes(name))
    : TARGET_NAMES.filter((name) => foundBy(name, { ports, request, record, isThere }) !== "");
  const all = request.remove && request.for === undefined;
  const ofTargets = wantedFiles(targets, templates, isThere);
  const config = all ? NO_CONFIGURATION : configuration(ports, record, places);
  const wanted = [...config.wanted, ...ofTargets];
  const look = await looking(ports, [
    ...config.kept,
    ...wanted.map(({ path }) => path),
    ...Object.keys(record.files),
    ...(record.hooks ? [record.hooks.path] : []),
    EXTENSIONS_FILE,
  ]);
  const common = { targets, wanted, kept: config.kept, record, look };
  return {
    record,
    plan: request.remove
      ? planRemoval({ ...common, keepHooks: targets.includes("spec-kit") })
      : planInstall({ ...common, digestOf: ports.digestOf }),
    targets: targets.map((name) => ({
      name,
      found: foundBy(name, { ports, request, record, isThere }),
    })),
  };
}

/** How a target was found; empty for one that was not. */
function foundBy(
  name: TargetName,
  around: {
    readonly ports: InitPorts;
    readonly request: InitRequest;
    readonly record: InstallRecord;
    readonly isThere: (path: string) => boolean;
  },
): string {
  const { ports, request, record, isThere } = around;
  if (request.for?.includes(name)) return "asked for";
  if (record.targets.includes(name)) return "installed before";
  if (request.for) return "";
  const { programs, marks } = TARGETS[name];
  const mark = marks.find(isThere);
  if (mark !== undefined) return mark;
  const program = programs.find((each) => ports.hasProgram(each));
  return program === undefined ? "" : `${program} on PATH`;
}

interface Configuration {
  readonly wanted: readonly WantedFile[];
  /** Ours once, the user's now: no matter for a report until it is to be removed. */
  readonly kept: readonly string[];
}

const NO_CONFIGURATION: Configuration = { wanted: [], kept: [] };

/** The starter configuration, unless there is one. */
function configuration(
  { starter }: InitPorts,
  { files }: InstallRecord,
  places: ReadonlyMap<string, Seen>,
): Configuration {
  const { path, content, unless } = starter;
  const there = unless
    .flatMap((each) => places.get(each) ?? [])
    .filter(({ kind }) => kind !== "missing");
  if (there.length === 0) return { wanted: [{ path, content }], kept: [] };
  const own = there.filter((seen) => seen.path in files);
  const untouched = own.some(
    (seen) => seen.path === path && seen.kind === "file" && files[path]?.includes(seen.digest),
  );
  return untouched
    ? { wanted: [{ path, content }], kept: [] }
    : { wanted: [], kept: own.map((seen) => seen.path) };
}

async function looking(ports: InitPorts, paths: readonly string[]) {
  const seen = await ports.tree.look([...new Set(paths)]);
  return (path: string): Seen => {
    const there = seen.get(path);
    if (there) return there;
    throw new Error(`${path} was not looked at`);
  };
}

async function recordOf({ tree }: InitPorts): Promise<InstallRecord> {
  const seen = (await tree.look([RECORD_FILE])).get(RECORD_FILE);
  if (!seen || seen.kind === "missing") return NOTHING_INSTALLED;
  const record =
    seen.kind === "file" && seen.text !== undefined
      ? readRecord(seen.text)
      : ({ ok: false, error: seen.kind === "blocked" ? seen.why : "it is no text" } as const);
  if (record.ok) return record.value;
  throw new WavegateError(
    "FILE_UNREADABLE",
    `${RECORD_FILE} does not say what was installed: ${record.error}.`,
    {
      hint: "Remove it to begin anew; files that an earlier `wavegate init` wrote are then yours to remove.",
      place: { file: RECORD_FILE },
    },
  );
}

const report = ({ plan, record, targets }: Prepared): InitReport => {
  const paths = (kind: InstallPlan["changes"][number]["kind"]) =>
    plan.changes.filter((change) => change.kind === kind).map(({ path }) => path);
  return {
    targets,
    created: paths("create"),
    updated: paths("update"),
    removed: paths("remove"),
    left: plan.left,
    known: !isNothing(record),
  };
};
