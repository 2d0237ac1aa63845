import { oneLine } from "../../core/text.ts";
import { LOCKFILES, baseName } from "../kind-of-file.ts";
import type { Lockfile, RepositoryFile } from "../model.ts";
import { readComposerLock, readPipfileLock } from "./read-json-locks.ts";
import {
  readGemfileLock,
  readGoSum,
  readPnpmLock,
  readRequirements,
  readTomlLock,
  readYarnLock,
} from "./read-line-locks.ts";
import { readNpmLock, type ReadLock } from "./read-npm-lock.ts";

type Reader = (text: string) => ReadLock;

const listed =
  (read: (text: string) => ReadLock["packages"]): Reader =>
  (text) => ({ packages: read(text), unencrypted: [] });

const READERS: Readonly<Record<string, readonly [Lockfile["ecosystem"], Reader]>> = {
  npm: ["npm", readNpmLock],
  pnpm: ["npm", listed(readPnpmLock)],
  yarn: ["npm", listed(readYarnLock)],
  "toml-python": ["python", listed(readTomlLock)],
  requirements: ["python", listed(readRequirements)],
  cargo: ["rust", listed(readTomlLock)],
  go: ["go", listed(readGoSum)],
  pipfile: ["python", readPipfileLock],
  gemfile: ["ruby", readGemfileLock],
  composer: ["php", readComposerLock],
};

/** Folders whose lockfiles are somebody else's or made up. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|fixtures?|__fixtures__|testdata)\//;

/** Every lockfile of the project with the packages it pins, each package once. What cannot be read says why. */
export const readLockfiles = (files: readonly RepositoryFile[]): readonly Lockfile[] =>
  files.flatMap((file) => {
    const format = LOCKFILES[baseName(file.path)];
    const [ecosystem, read] = (format !== undefined && READERS[format]) || [];
    return ecosystem === undefined || read === undefined || FOREIGN.test(file.path)
      ? []
      : [readOne(file, ecosystem, read)];
  });

function readOne(
  { path, text }: RepositoryFile,
  ecosystem: Lockfile["ecosystem"],
  read: Reader,
): Lockfile {
  const failed = (problem: string): Lockfile => ({
    path,
    ecosystem,
    packages: [],
    unencrypted: [],
    problem,
  });
  if (text === undefined) return failed("it is too large or no text");
  try {
    const { packages, unencrypted } = read(text);
    const once = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
    return {
      path,
      ecosystem,
      packages: [...once.values()].toSorted(byName),
      unencrypted,
      problem: null,
    };
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is not JSON" : reasonOf(error);
    return failed(why);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && error.name !== "ZodError"
    ? oneLine(error.message, 120)
    : "it does not have the form of its name";

const byName = (a: { name: string }, b: { name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
