import { baseName } from "../kind-of-file.ts";
import type { CoverageFile, RepositoryFile } from "../model.ts";
import { BrokenCoverage, type ReadCoverage } from "./coverage-text.ts";
import { readCobertura } from "./read-cobertura.ts";
import { readLcov } from "./read-lcov.ts";
import { readSummary } from "./read-summary.ts";

/** Where tools leave coverage; also looked for where git does not list them. */
export const COVERAGE_PATHS: readonly string[] = [
  "coverage/lcov.info",
  "lcov.info",
  "coverage/coverage-summary.json",
  "coverage-summary.json",
  "coverage/cobertura-coverage.xml",
  "coverage.xml",
  "cobertura.xml",
];

type Format = CoverageFile["format"];

const READERS: Readonly<Record<Format, (text: string) => ReadCoverage>> = {
  lcov: readLcov,
  cobertura: readCobertura,
  summary: readSummary,
};

function formatOf(path: string): Format | undefined {
  const name = baseName(path);
  if (/^(?:lcov\.info|.+\.lcov)$/.test(name)) return "lcov";
  if (name === "coverage-summary.json") return "summary";
  return /^(?:cobertura(?:-coverage)?|coverage)(?:\.cobertura)?\.xml$/.test(name)
    ? "cobertura"
    : undefined;
}

const FOREIGN = /(?:^|\/)(?:node_modules|fixtures?|__fixtures__|testdata|vendor)\//;

/** How many of the least covered files are named. */
const WORST = 20;

/** Line coverage as the project's tools wrote it down. A file that is broken says how; no figure is made up for it. */
export const readCoverage = (files: readonly RepositoryFile[]): readonly CoverageFile[] =>
  files.flatMap(({ path, text }) => {
    const format = formatOf(path);
    return format === undefined || FOREIGN.test(path) ? [] : [readOne(path, format, text)];
  });

function readOne(path: string, format: Format, text: string | undefined): CoverageFile {
  const broken = (problem: string): CoverageFile => ({
    path,
    format,
    linesCovered: 0,
    linesTotal: 0,
    percent: null,
    problem,
    worst: [],
  });
  if (text === undefined) return broken("it is too large or no text");
  try {
    const { files, covered, total } = READERS[format](text);
    if (covered > total) return broken("it counts more covered lines than lines");
    return {
      path,
      format,
      linesCovered: covered,
      linesTotal: total,
      percent: total === 0 ? null : Math.round((covered / total) * 1000) / 10,
      problem: total === 0 ? "it counts no line" : null,
      worst: files
        .filter((file) => file.total > file.covered)
        .toSorted((a, b) => b.total - b.covered - (a.total - a.covered))
        .slice(0, WORST),
    };
  } catch (error) {
    return broken(error instanceof BrokenCoverage ? error.message : "it is not in its format");
  }
}
