import { kindOfFile, saysGenerated } from "./kind-of-file.ts";
import type {
  ConstitutionRule,
  CoverageFile,
  DebtFacts,
  RepositoryFile,
  Secrets,
} from "./model.ts";

/** What the rules are held against. */
export interface Project {
  readonly files: readonly RepositoryFile[];
  readonly debt: DebtFacts;
  readonly secrets: Secrets;
  readonly coverage: readonly CoverageFile[];
}

export type Judged = Pick<ConstitutionRule, "verdict" | "reason" | "places">;

/** Says what the files say about a rule, or undefined where the check is not about it. */
type Check = (rule: string, project: Project) => Judged | undefined;

const holds = (reason: string): Judged => ({ verdict: "holds", reason, places: [] });
const broken = (reason: string, places: readonly string[] = []): Judged => ({
  verdict: "broken",
  reason,
  places: places.slice(0, 20),
});
const open = (reason: string): Judged => ({ verdict: "not decided", reason, places: [] });

const sourceOf = ({ files }: Project): readonly RepositoryFile[] =>
  files.filter(
    ({ path, text }) => kindOfFile(path) === "source" && text !== undefined && !saysGenerated(text),
  );

/** A line without what stands in strings, regular expressions and a comment at its end. Rough, and errs to the quiet side. */
const codeOf = (line: string): string =>
  line
    .replace(/"(?:[^"\\]|\\.){0,500}"|'(?:[^'\\]|\\.){0,500}'|`[^`]{0,500}`/g, '""')
    .replace(/(?:^|[=(,:!&|?\s])\/(?![/*\s]).{1,1000}\/[a-z]{0,8}/g, " ")
    .replace(/\/\/.*$/, "");

/** `path:line` of the lines of the source on which a pattern stands. */
const placesOf = (project: Project, path: RegExp, pattern: RegExp): readonly string[] =>
  sourceOf(project)
    .filter((file) => path.test(file.path) && !CONFIGURATION.test(file.path))
    .flatMap((file) =>
      (file.text ?? "")
        .split("\n")
        .flatMap((line, index) =>
          !/^\s*(?:\/\/|\*|\/\*|#)/.test(line) && pattern.test(codeOf(line.slice(0, 2_000)))
            ? [`${file.path}:${index + 1}`]
            : [],
        ),
    );

/** No source matches: it holds; some do: broken. Nothing to look at decides nothing. */
function absent(
  project: Project,
  path: RegExp,
  [pattern, what]: readonly [RegExp, string],
): Judged {
  const looked = sourceOf(project).filter((file) => path.test(file.path)).length;
  if (looked === 0) return open("there is no source that it speaks of");
  const places = placesOf(project, path, pattern);
  return places.length === 0
    ? holds(`no ${what} in ${looked} files`)
    : broken(`${places.length} ${places.length === 1 ? "line" : "lines"} with ${what}`, places);
}

/** Tools read these, and say what they must export. */
const CONFIGURATION = /\.config\.[cm]?[jt]s$/;
const TS = /\.[cm]?tsx?$/;
const JS = /\.[cm]?[jt]sx?$/;
const FORBIDS =
  /\b(?:NEVER|MUST NOT|SHALL NOT|FORBIDDEN|PROHIBITED|no|never|must not|forbidden|prohibited|not allowed|without)\b/;

const coverageFloor: Check = (rule, { coverage }) => {
  const wanted = /\bcoverage\b/i.test(rule) ? /(\d{1,3})\s?%/.exec(rule)?.[1] : undefined;
  if (
    wanted === undefined ||
    /\b(?:branch|mutation|new code|changed|module|critical|per file|each)\b/i.test(rule)
  )
    return undefined;
  const measured = coverage.find(({ percent }) => percent !== null);
  if (measured?.percent === undefined || measured.percent === null)
    return open("the project has no readable coverage file");
  const said = `${measured.percent} % of lines by ${measured.path}, as it was found`;
  return measured.percent >= Number(wanted) ? holds(said) : broken(said, [measured.path]);
};

const strictTypeScript: Check = (rule, { files }) => {
  if (!/typescript/i.test(rule) || !/\bstrict\b/i.test(rule)) return undefined;
  const configs = files.filter(
    ({ path, text }) => /(?:^|\/)tsconfig[\w.-]*\.json$/.test(path) && text !== undefined,
  );
  if (configs.length === 0) return open("there is no tsconfig.json");
  if (configs.some(({ text }) => /"strict"\s*:\s*true/.test(text ?? "")))
    return holds(`"strict": true in a tsconfig`);
  const extended = configs.some(({ text }) => /"extends"\s*:/.test(text ?? ""));
  return extended
    ? open("tsconfig.json extends another configuration")
    : broken(
        `no tsconfig has "strict": true`,
        configs.map(({ path }) => path),
      );
};

const noAny: Check = (rule, project) =>
  /`any`|\bany type\b|"any"/.test(rule) && FORBIDS.test(rule)
    ? absent(project, TS, [/(?::|\bas|<|\|)\s{0,3}any\b(?=\s*[;,)>=\]|{]|\[\]|$)/, "the type any"])
    : undefined;

const noDefaultExports: Check = (rule, project) =>
  /\bdefault exports?\b/i.test(rule) && FORBIDS.test(rule)
    ? absent(project, JS, [/^export default\b/, "a default export"])
    : undefined;

const noConsole: Check = (rule, project) =>
  /`?console\.(?:log|\*)/.test(rule) && FORBIDS.test(rule)
    ? absent(project, JS, [/\bconsole\.log\(/, "console.log"])
    : undefined;

const noMarkers: Check = (rule, { debt }) => {
  if (!/\b(?:TODO|FIXME)s?\b/.test(rule) || !FORBIDS.test(rule)) return undefined;
  return debt.markers === 0
    ? holds("no such comment in the source")
    : broken(`${debt.markers} such comments in source and tests`);
};

const noSecrets: Check = (rule, { secrets }) => {
  const about =
    /\b(?:secrets?|credentials?|api keys?|passwords?)\b/i.test(rule) &&
    /\b(?:commit\w*|hard-?coded?|hard-?coding|in (?:the )?(?:source|code|repository|repo|tree)|checked in|version control|plain ?text)\b/i.test(
      rule,
    ) &&
    FORBIDS.test(rule);
  if (!about) return undefined;
  const found = secrets.found.filter(({ within }) => within === "source");
  const places = [...found.map(({ path, line }) => `${path}:${line}`), ...secrets.keyFiles];
  return places.length > 0
    ? broken(`${places.length} places that look like secrets`, places)
    : holds(`no known shape of a secret in ${secrets.filesScanned} files`);
};

const shortFiles: Check = (rule, project) => {
  const limit =
    /\b(?:files?|modules?|components?|source files?)\b[^.]{0,60}?\b(?:exceed|more than|longer than|over|above|under|below|at most|up to|maximum(?: of)?|max)\s+(\d{1,5})\s+lines\b/i.exec(
      rule,
    )?.[1];
  if (limit === undefined) return undefined;
  const files = sourceOf(project);
  if (files.length === 0) return open("there is no source");
  const long = files.filter(({ text }) => (text ?? "").split("\n").length > Number(limit));
  return long.length === 0
    ? holds(`none of ${files.length} source files has more than ${limit} lines`)
    : broken(
        `${long.length} source files have more than ${limit} lines, blank ones counted`,
        long.map(({ path }) => path),
      );
};

/** A rule that asks for something a project plainly has or has not; having it is not yet keeping the rule. */
const present =
  (about: RegExp, has: (project: Project) => boolean, what: string, enough: boolean): Check =>
  (rule, project) => {
    if (!about.test(rule) || FORBIDS.test(rule)) return undefined;
    if (!has(project)) return broken(`the project has no ${what}`);
    return enough
      ? holds(`the project has a ${what}`)
      : open(`the project has ${what}; whether the rule is kept needs a reader`);
  };

const fileNamed =
  (name: RegExp) =>
  ({ files }: Project): boolean =>
    files.some(({ path }) => name.test(path));

export const CHECKS: readonly Check[] = [
  coverageFloor,
  strictTypeScript,
  noAny,
  noDefaultExports,
  noConsole,
  noMarkers,
  noSecrets,
  shortFiles,
  present(
    /\b(?:lock ?files?|package-lock)\b.*\bcommit/i,
    ({ debt }) => !debt.missing.includes("lockfile"),
    "lockfile",
    true,
  ),
  present(/\bCHANGELOG(?:\.md)?\b/, fileNamed(/(?:^|\/)CHANGELOG(?:\.\w+)?$/i), "CHANGELOG", false),
  present(/\bREADME(?:\.md)?\b/, fileNamed(/(?:^|\/)README(?:\.\w+)?$/i), "README", false),
  present(
    /\b(?:linter|linting|lint|eslint|formatter|prettier)\b/i,
    ({ debt }) => !debt.missing.includes("linter or formatter"),
    "linter or formatter",
    false,
  ),
  present(
    /\b(?:tests?|TDD|test-first|test-driven)\b/i,
    ({ debt }) => debt.testFiles > 0 || debt.sourceFiles === 0,
    "tests",
    false,
  ),
];
