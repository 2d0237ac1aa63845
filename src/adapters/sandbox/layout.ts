import path from "node:path";
import { err, ok, type Result } from "../../core/result.ts";
import type { Mount } from "./bubblewrap-arguments.ts";
import { findValues } from "./find-values.ts";
import { followLinks } from "./follow-links.ts";
import { lookAt, lookBehind } from "./look-at.ts";
import type { SandboxClone } from "../../ports/sandbox.ts";
import { FRESH_BYTES, isOfSystem, systemMounts } from "./system-mounts.ts";
import { isWithin } from "./within.ts";

/** What one program is to see. All paths absolute, without `..`. */
export interface LayoutRequest {
  /** Its working folder, for reading. */
  readonly cwd: string;
  /** Where it works in place of the project: the clone that `cwd` lies in. */
  readonly clone?: SandboxClone | undefined;
  /** The user's project, whose state folder is hidden. */
  readonly project: string;
  readonly stateFolder: string;
  /** Becomes an empty folder, for writing. */
  readonly home: string;
  /** The home that the user has, in which credentials lie. */
  readonly userHome: string;
  /** An empty file, shown in place of those that are hidden. */
  readonly empty: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Relative to the project. */
  readonly hide: readonly string[];
  /** What is shown from elsewhere: path inside → path outside. */
  readonly from: ReadonlyMap<string, string>;
}

/** Where people keep credentials in their home; hidden even if something above is shown. */
const PRIVATE_AT_HOME = [
  ".ssh",
  ".gnupg",
  ".aws",
  ".azure",
  ".kube",
  ".docker",
  ".config/gcloud",
  ".config/gh",
  ".config/op",
  ".mozilla",
  ".netrc",
  ".git-credentials",
  ".npmrc",
  ".pypirc",
  ".password-store",
  ".local/share/keyrings",
  ".bash_history",
  ".zsh_history",
];

type Shown = "read" | "write" | "fresh" | "hidden";

/**
 * The mounts that show exactly this, parents before what lies in them. What is named for reading or writing wins over what is
 * hidden by default. The error says what can't be shown, as a sentence without a full stop.
 */
export function layoutOf(request: LayoutRequest): Result<readonly Mount[], string> {
  const { project, stateFolder, home, cwd, clone } = request;
  const read = followLinks([
    ...(clone ? clone.readable : [cwd]),
    ...(clone && !clone.writable ? [clone.folder] : []),
    ...request.read,
  ]);
  const write = followLinks([...request.write, ...(clone?.writable ? [clone.folder] : [])]);
  const all = [...read.real, ...write.real];
  if (all.includes("/")) return err("the whole file system would be shown to it");
  const open = write.real.find((each) => isWithin(project, each) || isWithin(stateFolder, each));
  const inProject = clone?.writable && isWithin(clone.folder, project);
  if (inProject && !isWithin(clone.folder, stateFolder))
    return err(`it could change the project itself, as the clone ${clone.folder} lies in it`);
  if (open !== undefined)
    return err(`it could change the project itself, as ${open} is named for writing`);
  const shown = new Map<string, Shown>([[home, "fresh"]]);
  for (const each of read.real) if (!isOfSystem(each)) shown.set(each, "read");
  for (const each of [stateFolder, ...hiddenOf(request)])
    if (isThere(each) && !shown.has(each) && isShown(each, shown)) shown.set(each, "hidden");
  for (const each of write.real) shown.set(each, "write");
  const links = [...read.links, ...write.links].filter(
    ([at]) => !isOfSystem(at) && !isShown(at, shown),
  );
  return ok([
    ...systemMounts(),
    ...parentsFirst([
      ...[...request.from].map(([at, from]): Mount => ({ kind: "read", at, from })),
      ...[...shown].map(([at, how]) => mountOf(at, how, request.empty)),
      ...[...new Map(links)].map(([at, to]): Mount => ({ kind: "link", at, to })),
    ]),
    // What is hidden can't be written to either, so that nobody takes it for the real thing.
    ...[...shown].flatMap(([at, how]): readonly Mount[] =>
      how === "hidden" && isFolder(at) ? [{ kind: "seal", at }] : [],
    ),
  ]);
}

const depth = ({ at }: Mount) => at.split("/").length;

const parentsFirst = (mounts: readonly Mount[]): readonly Mount[] =>
  mounts.toSorted((one, other) => depth(one) - depth(other));

/** Whether a path could be seen, if nothing hid it. */
function isShown(file: string, shown: ReadonlyMap<string, Shown>): boolean {
  const above = [...shown.keys()]
    .filter((each) => isWithin(file, each))
    .toSorted((one, other) => other.length - one.length);
  const [nearest] = above;
  return nearest !== undefined && shown.get(nearest) !== "fresh";
}

function hiddenOf({ project, stateFolder, userHome, hide }: LayoutRequest): readonly string[] {
  return [
    ...hide.map((each) => path.resolve(project, each)),
    ...findValues(project, stateFolder),
    ...PRIVATE_AT_HOME.map((each) => path.join(userHome, each)),
  ];
}

/** A link is nothing of its own: what it leads to is shown or not. */
function isThere(file: string): boolean {
  return lookAt(file)?.isSymbolicLink() === false;
}

const isFolder = (at: string): boolean => lookBehind(at)?.isDirectory() === true;

function mountOf(at: string, how: Shown, empty: string): Mount {
  if (how === "read" || how === "write") return { kind: how, at };
  if (how === "hidden" && !isFolder(at)) return { kind: "read", at, from: empty };
  return { kind: "fresh", at, bytes: how === "hidden" ? 65_536 : FRESH_BYTES };
}
