import { baseName, kindOfFile, saysGenerated } from "./kind-of-file.ts";
import type { DebtFacts, RepositoryFile } from "./model.ts";

/** A file with more lines than this is long. */
export const LONG_FILE = 500;

const MARKER = /(?:\/\/|#|\/\*|^\s*\*|--|;|<!--)[^\n]{0,80}?\b(?:TODO|FIXME|HACK|XXX)\b(?!["'`|/])/;
const SUPPRESSION =
  /(?:\/\/|\/\*|#|<!--)\s{0,3}(?:eslint-disable|oxlint-disable|biome-ignore|tslint:disable|@ts-(?:ignore|nocheck|expect-error)|noqa\b|type:\s?ignore|pylint:\s?disable|nolint\b|rubocop:disable|phpcs:ignore|NOSONAR|istanbul ignore|v8 ignore|pragma: no cover|swiftlint:disable)|#!?\[allow\(|^\s*@SuppressWarnings\b|#pragma warning disable/;

const MANIFEST =
  /^(?:package\.json|pyproject\.toml|requirements\.in|Pipfile|Cargo\.toml|go\.mod|Gemfile|composer\.json)$/;
const LOCK =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|poetry\.lock|uv\.lock|Pipfile\.lock|requirements\.txt|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock)$/;
const CI =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|azure-pipelines\.yml|Jenkinsfile|\.travis\.yml|bitbucket-pipelines\.yml|\.woodpecker(?:\.yml|\/.*)|\.drone\.yml|\.buildkite\/.*|\.?ci\/.*|\.forgejo\/workflows\/.*|\.gitea\/workflows\/.*)$/;
const LINTER =
  /^(?:\.?eslint(?:rc|\.config)[^/]*|\.?oxlintrc[^/]*|\.?oxfmtrc[^/]*|biome\.jsonc?|\.?prettier(?:rc|\.config)[^/]*|tslint\.json|\.?ruff\.toml|\.flake8|\.pylintrc|mypy\.ini|rustfmt\.toml|\.rustfmt\.toml|clippy\.toml|\.golangci\.ya?ml|\.rubocop\.yml|\.editorconfig|\.clang-format|\.php-cs-fixer[^/]*|phpcs\.xml[^/]*|\.swiftlint\.yml|detekt\.yml|checkstyle\.xml|deno\.json)$/;
const LINTER_IN_MANIFEST =
  /\[tool\.(?:ruff|black|pylint|flake8|isort)\b|"(?:eslint|prettier|oxlint|oxfmt|biome|@biomejs\/biome|standard|xo)"\s*:/;

/** Lines with something on them. */
export const linesIn = (text: string): number =>
  text.split("\n").reduce((count, line) => (line.trim() === "" ? count : count + 1), 0);

/** Count what debt is measured by (ST-16). Generated and vendored code, documents and data are not the project's source. */
export function debtFacts(files: readonly RepositoryFile[]): DebtFacts {
  const own = files.filter(
    ({ path, text }) =>
      ["source", "test"].includes(kindOfFile(path)) && !(text !== undefined && saysGenerated(text)),
  );
  const source = own.filter(({ path }) => kindOfFile(path) === "source");
  const tests = own.filter(({ path }) => kindOfFile(path) === "test");
  const sized = source.map(({ path, text }) => ({ path, lines: linesIn(text ?? "") }));
  const long = sized.filter(({ lines }) => lines > LONG_FILE).toSorted((a, b) => b.lines - a.lines);
  const commented = own.flatMap(({ text }) => (text ?? "").split("\n"));
  return {
    sourceFiles: source.length,
    sourceLines: sum(sized),
    testFiles: tests.length,
    testLines: sum(tests.map(({ text }) => ({ lines: linesIn(text ?? "") }))),
    markers: commented.filter((line) => MARKER.test(line.slice(0, 2_000))).length,
    suppressions: commented.filter((line) => SUPPRESSION.test(line.slice(0, 2_000))).length,
    linesInLongFiles: sum(long),
    longFiles: long.slice(0, 20).map(({ path, lines }) => `${path} (${lines} lines)`),
    missing: missingBasics(files),
  };
}

const sum = (items: readonly { readonly lines: number }[]): number =>
  items.reduce((total, { lines }) => total + lines, 0);

/** What a project that others work on has: a lockfile where it has dependencies, CI, a README, a linter or formatter. */
function missingBasics(files: readonly RepositoryFile[]): readonly string[] {
  const has = (names: RegExp) => files.some(({ path }) => names.test(baseName(path)));
  const manifests = files.filter(({ path }) => MANIFEST.test(baseName(path)));
  const linter =
    has(LINTER) ||
    manifests.some(({ text }) => LINTER_IN_MANIFEST.test(text ?? "")) ||
    has(/^(?:go\.mod|Cargo\.toml)$/);
  return [
    ...(manifests.length > 0 && !has(LOCK) ? ["lockfile"] : []),
    ...(files.some(({ path }) => CI.test(path)) ? [] : ["CI configuration"]),
    ...(has(/^README(?:\.\w+)?$/i) ? [] : ["README"]),
    ...(linter ? [] : ["linter or formatter"]),
  ];
}
