/** What a project says of its active feature, as text. Nothing is looked up here. */
export interface FeatureSigns {
  /** Values of the environment, where set. */
  readonly directory?: string | undefined;
  readonly feature?: string | undefined;
  /** The text of `.specify/feature.json`, where there is one. */
  readonly featureJson?: string | undefined;
  /** The branch that is checked out; undefined without git or on a detached head. */
  readonly branch?: string | undefined;
  /** Folders of features, relative to the project, with `/`: `specs/003-login`. */
  readonly folders: readonly string[];
}

export type FeatureRule =
  | "SPECIFY_FEATURE_DIRECTORY"
  | "feature.json"
  | "SPECIFY_FEATURE"
  | "branch"
  | "highest number";

/** `known`: whether it is among the folders; one that a person named may be anywhere. */
export type FoundFeature =
  | {
      readonly found: true;
      readonly folder: string;
      readonly rule: FeatureRule;
      readonly known: boolean;
      readonly passed: readonly FeatureMiss[];
    }
  | {
      readonly found: false;
      /** A rule that names something and can't be followed: later ones are not asked. */
      readonly wrong: FeatureMiss | undefined;
      readonly passed: readonly FeatureMiss[];
    };

/** Why a rule found nothing. */
export interface FeatureMiss {
  readonly rule: FeatureRule;
  readonly reason: string;
}

/** What a rule says: a folder; nothing; or that what it names can't be followed. */
type Answer =
  | { readonly kind: "folder"; readonly folder: string; readonly known: boolean }
  | { readonly kind: "nothing" | "wrong"; readonly reason: string };

const folderIn = (folder: string, known: boolean): Answer => ({ kind: "folder", folder, known });
const nothing = (reason: string): Answer => ({ kind: "nothing", reason });
const wrong = (reason: string): Answer => ({ kind: "wrong", reason });

/** `003-login`, `20260131-093000-login`; the branch may stand below one word: `feature/003-login`. */
const NUMBERED = /^(?:[^/]{1,100}\/)?(\d{8}-\d{6}|\d{3,9})-[^/]/;

/**
 * Which feature is active, by the rules of all generations of Spec Kit (FORMATS §3.1), the newest first: the environment's
 * directory and feature.json (since v0.5.1), then the environment's feature, the branch's number (until v0.9.5) and, without git,
 * the highest number. What a rule names and is not there is an answer, too: later rules are not asked, as in Spec Kit.
 */
export function findFeature(signs: FeatureSigns): FoundFeature {
  const passed: FeatureMiss[] = [];
  for (const [rule, ask] of RULES) {
    const answer = ask(signs);
    if (answer.kind === "folder") {
      const { folder, known } = answer;
      return { found: true, folder, known, rule, passed };
    }
    const miss = { rule, reason: answer.reason };
    if (answer.kind === "wrong") return { found: false, wrong: miss, passed };
    passed.push(miss);
  }
  return { found: false, wrong: undefined, passed };
}

const RULES: readonly (readonly [FeatureRule, (signs: FeatureSigns) => Answer])[] = [
  [
    "SPECIFY_FEATURE_DIRECTORY",
    ({ directory, folders }) => (isSet(directory) ? named(directory, folders) : nothing("not set")),
  ],
  [
    "feature.json",
    ({ featureJson, folders }) =>
      featureJson === undefined ? nothing("there is none") : fromJson(featureJson, folders),
  ],
  [
    "SPECIFY_FEATURE",
    ({ feature, folders }) => (isSet(feature) ? byName(feature, folders) : nothing("not set")),
  ],
  [
    "branch",
    ({ branch, folders }) =>
      branch === undefined ? nothing("there is no branch") : byBranch(branch, folders),
  ],
  [
    "highest number",
    ({ branch, folders }) =>
      branch === undefined ? highest(folders) : nothing("only counts without git"),
  ],
];

const isSet = (value: string | undefined): value is string =>
  value !== undefined && value.trim() !== "";

const tidy = (folder: string): string =>
  folder
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+|\/+$/g, "");

function named(directory: string, folders: readonly string[]): Answer {
  const folder = tidy(directory);
  return folder === ""
    ? wrong("it names the project itself")
    : folderIn(folder, folders.includes(folder));
}

function fromJson(text: string, folders: readonly string[]): Answer {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return wrong("it is no JSON");
  }
  const directory =
    typeof value === "object" && value !== null && "feature_directory" in value
      ? value.feature_directory
      : undefined;
  return typeof directory === "string" && directory.trim() !== ""
    ? named(directory, folders)
    : wrong('it has no "feature_directory"');
}

const nameOf = (folder: string): string => folder.split("/").at(-1) ?? folder;

function byName(feature: string, folders: readonly string[]): Answer {
  const name = tidy(feature);
  const exact = folders.find((folder) => folder === name || nameOf(folder) === name);
  if (exact !== undefined) return folderIn(exact, true);
  const found = byNumber(name, folders);
  return found.kind === "nothing" ? wrong(`it names ${name}, and ${found.reason}`) : found;
}

const byBranch = (branch: string, folders: readonly string[]): Answer => byNumber(branch, folders);

/** Spec Kit's scripts take a folder by the number of the branch, whatever its other words. */
function byNumber(name: string, folders: readonly string[]): Answer {
  const number = NUMBERED.exec(name)?.[1];
  if (number === undefined) return nothing(`${name} begins with no number of a feature`);
  const found = folders.filter((folder) => nameOf(folder).startsWith(`${number}-`));
  const [only, ...more] = found;
  if (only === undefined) return nothing(`there is no folder ${number}-…`);
  const same = found.find((folder) => name.endsWith(nameOf(folder)));
  if (more.length > 0 && same === undefined)
    return nothing(
      `several folders have the number ${number}: ${found.slice(0, 5).map(nameOf).join(", ")}`,
    );
  return folderIn(same ?? only, true);
}

function highest(folders: readonly string[]): Answer {
  const numbered = folders.flatMap((folder) => {
    const digits = /^(\d{8}-\d{6}|\d{3,9})-/.exec(nameOf(folder))?.[1];
    return digits === undefined
      ? []
      : [{ folder, at: digits.includes("-") ? 1 : 0, number: Number(digits.replace("-", "")) }];
  });
  const [first] = numbered.toSorted((a, b) => b.at - a.at || b.number - a.number);
  return first ? folderIn(first.folder, true) : nothing("no folder has a number");
}
