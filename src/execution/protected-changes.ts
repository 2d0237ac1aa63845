import { globMatcher } from "../plan/resources/glob.ts";
import type { FileChange } from "./file-change.ts";

/** Changes that may run code outside of the task's working copy, or lead out of it: taken only when a person was shown them. */
export interface ProtectedKind {
  readonly kind: string;
  /** In words, behind a path. */
  readonly words: string;
  readonly applies: (change: FileChange, names: readonly string[]) => boolean;
}

const MODE = { link: "120000", gitlink: "160000" } as const;

/** Marks that HFS+ skips in names, so that `.g\u200cit` is `.git` there. */
const SKIPPED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** The names of a path in the form that file systems take for one: lower case, without marks and ends that they skip. */
export function plainNames(path: string): readonly string[] {
  const names = path.split("/").map((name) => {
    const plain = name.replace(SKIPPED, "").toLowerCase();
    const stream = plain.indexOf("::$");
    return withoutEnd(stream < 0 ? plain : plain.slice(0, stream));
  });
  return names;
}

/** Windows takes `.git. ` for `.git`. */
function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === "." || name[end - 1] === " ")) end--;
  // `.` and `..` are what they are
  return end === 0 ? name : name.slice(0, end);
}

/**
 * Files that git itself reads (D5): filters and drivers, submodules, configuration; a `HEAD` makes a folder a bare repository, with
 * hooks and configuration of its own. `.gitignore` runs nothing, and is a file like others.
 */
const GIT_FILES = new Set([".gitattributes", ".gitmodules", ".gitconfig", ".lfsconfig", "head"]);
const GIT_FOLDERS = new Set([".git", "git~1"]);

/** Folders and files by which hooks are run, from git or from the tools that set them up. `src/hooks` is code like other code. */
const HOOK_FOLDERS = new Set([".githooks", ".husky", ".hooks", ".lefthook"]);
const HOOK_FILES = new Set([
  "lefthook.yml",
  "lefthook.yaml",
  ".lefthook.yml",
  ".lefthook.yaml",
  ".pre-commit-config.yaml",
  ".pre-commit-config.yml",
  ".overcommit.yml",
  ".simple-git-hooks.json",
  ".simple-git-hooks.cjs",
]);

/** What editors, shells and agents run when somebody opens the folder. */
const OPENED = [
  ".vscode/tasks.json",
  ".vscode/settings.json",
  ".idea/runconfigurations",
  ".devcontainer",
  ".devcontainer.json",
  ".envrc",
  ".mcp.json",
  ".claude/settings.json",
  ".claude/settings.local.json",
  ".claude/hooks",
  ".cursor/mcp.json",
  ".gemini/settings.json",
  ".codex/config.toml",
];

/** What CI services run, as folders and files from the top of the repository. */
const CI_FOLDERS = [
  ".github/workflows",
  ".github/actions",
  ".gitlab/ci",
  ".circleci",
  ".buildkite",
  ".woodpecker",
  ".forgejo/workflows",
  ".gitea/workflows",
  ".azure-pipelines",
  ".teamcity",
];
const CI_FILES = new Set([
  ".gitlab-ci.yml",
  ".travis.yml",
  ".drone.yml",
  ".woodpecker.yml",
  ".cirrus.yml",
  "appveyor.yml",
  ".appveyor.yml",
  "azure-pipelines.yml",
  "bitbucket-pipelines.yml",
  "jenkinsfile",
  "buildspec.yml",
  "cloudbuild.yaml",
  "wercker.yml",
]);

/** RELIABILITY D5: refused unless a person is shown them. */
export const PROTECTED_KINDS: readonly ProtectedKind[] = [
  {
    kind: "path",
    words: "is no path inside of the repository",
    applies: (_, names) => names.some((name) => name === "" || name === "." || name === ".."),
  },
  {
    kind: "git",
    words: "is a file that git reads for itself",
    applies: (_, names) =>
      names.some((name) => GIT_FOLDERS.has(name)) || GIT_FILES.has(names.at(-1) ?? ""),
  },
  {
    kind: "gitlink",
    words: "is a repository inside of the repository",
    applies: ({ after }) => after === MODE.gitlink,
  },
  {
    kind: "link",
    words: "is a link that leads out of the repository",
    applies: ({ after, path, target }) => after === MODE.link && linkLeadsOut(path, target),
  },
  {
    kind: "hooks",
    words: "is run by hooks",
    applies: (_, names) =>
      names.slice(0, -1).some((name) => HOOK_FOLDERS.has(name)) ||
      HOOK_FILES.has(names.at(-1) ?? ""),
  },
  {
    kind: "opened",
    words: "is run when the folder is opened",
    applies: (_, names) => {
      const path = names.join("/");
      return OPENED.some((each) => path === each || path.startsWith(`${each}/`));
    },
  },
  {
    kind: "ci",
    words: "is run by CI",
    applies: (_, names) => {
      const path = names.join("/");
      return CI_FILES.has(path) || CI_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
    },
  },
];

/** What the configuration protects: files, folders with all in them, globs, a single name in every folder; whatever their case. */
export function ownProtection(paths: readonly string[]): ProtectedKind {
  const patterns = paths.map((path) => {
    const plain = plainNames(path.replace(/^\.?\//, "").replace(/\/$/, "")).join("/");
    return globMatcher(
      path.startsWith("/") || plain.includes("/") ? `${plain}/**` : `**/${plain}/**`,
    );
  });
  return {
    kind: "own",
    words: "is protected by the configuration",
    applies: (_, names) => {
      const path = names.join("/");
      return patterns.some((matches) => matches(path));
    },
  };
}

/**
 * Why a change is not taken without a person's word, if so. A deletion of what is protected is a change of it, too.
 *
 * @param own what the configuration protects besides
 */
export function protectedKind(change: FileChange, own?: ProtectedKind): ProtectedKind | undefined {
  const names = [change.path, ...(change.from === undefined ? [] : [change.from])].map(plainNames);
  const kinds = own ? [...PROTECTED_KINDS, own] : PROTECTED_KINDS;
  return kinds.find(({ applies }) => names.some((each) => applies(change, each)));
}

/** A target that is not known may be anything. */
function linkLeadsOut(path: string, target: string | undefined): boolean {
  if (target === undefined || /^(?:[/\\]|[a-z]:)/i.test(target) || target.includes("\0"))
    return true;
  let depth = path.split("/").length - 1;
  for (const name of target.split(/[/\\]/)) {
    if (name === "..") depth--;
    else if (name !== "" && name !== ".") depth++;
    if (depth < 0) return true;
  }
  return plainNames(target).some((name) => GIT_FOLDERS.has(name));
}
