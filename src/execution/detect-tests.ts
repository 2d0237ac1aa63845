/** A command that tests the project, as its files suggest it. */
export interface FoundTests {
  readonly command: string;
  /** The file that says so. */
  readonly from: string;
  /** Command that fetches what the tests need, where they need something that a fresh clone has not; null where nothing is known of that. */
  readonly install: readonly string[] | null;
}

/** What lies in the project's own folder. */
export interface RootFiles {
  /** Names of all its files. */
  readonly names: ReadonlySet<string>;
  /** Text of those of `READ_FOR_TESTS` that are there. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Files whose text is looked at. */
export const READ_FOR_TESTS: readonly string[] = [
  "Makefile",
  "makefile",
  "GNUmakefile",
  "justfile",
  "Justfile",
  ".justfile",
  "package.json",
  "deno.json",
  "deno.jsonc",
  "Cargo.toml",
  "go.mod",
  "pyproject.toml",
  "setup.cfg",
  "tox.ini",
  "composer.json",
];

type Detect = (files: RootFiles) => FoundTests | undefined;

/** In the order in which they count: what calls others first, then by language. */
const DETECTORS: readonly Detect[] = [
  target(["Makefile", "makefile", "GNUmakefile"], /^test[ \t]*::?(?!=)/m, "make test"),
  target(["justfile", "Justfile", ".justfile"], /^@?test(?:[ \t][^:\n]*)?:(?!=)/m, "just test"),
  nodePackage,
  deno,
  cargo,
  goModule,
  pytest,
  (files) => named(files, "mix.exs", "mix test", ["mix", "deps.get"]),
  composer,
  (files) => named(files, ".rspec", "bundle exec rspec", ["bundle", "install"]),
];

/** All commands that the files suggest, the one that counts first. */
export const detectTests = (files: RootFiles): readonly FoundTests[] =>
  DETECTORS.flatMap((detect) => detect(files) ?? []);

function target(names: readonly string[], rule: RegExp, command: string): Detect {
  return ({ texts }) => {
    const from = names.find((name) => rule.test(texts.get(name) ?? ""));
    return from === undefined ? undefined : { command, from, install: null };
  };
}

const MANAGERS: readonly {
  readonly name: string;
  readonly locks: readonly string[];
  readonly test: string;
  readonly install: readonly string[];
}[] = [
  {
    name: "pnpm",
    locks: ["pnpm-lock.yaml"],
    test: "pnpm test",
    install: ["pnpm", "install", "--frozen-lockfile"],
  },
  { name: "yarn", locks: ["yarn.lock"], test: "yarn test", install: ["yarn", "install"] },
  {
    name: "bun",
    locks: ["bun.lock", "bun.lockb"],
    test: "bun run test",
    install: ["bun", "install", "--frozen-lockfile"],
  },
  { name: "npm", locks: ["package-lock.json"], test: "npm test", install: ["npm", "ci"] },
];

function nodePackage({ names, texts }: RootFiles): FoundTests | undefined {
  const about = parsed(texts.get("package.json"));
  const script = fieldOf(fieldOf(about, "scripts"), "test");
  // npm writes the first into every new package; what watches never ends.
  if (typeof script !== "string" || /no test specified|--watch(?![\w=-])/.test(script))
    return undefined;
  const said = fieldOf(about, "packageManager");
  const manager =
    MANAGERS.find(({ name }) => typeof said === "string" && said.startsWith(`${name}@`)) ??
    MANAGERS.find(({ locks }) => locks.some((lock) => names.has(lock)));
  const needs = ["dependencies", "devDependencies", "workspaces"].some(
    (field) => entries(fieldOf(about, field)) > 0,
  );
  const plain = { name: "npm", test: "npm test", install: ["npm", "install"] };
  const { test, install } = manager ?? plain;
  return { command: test, from: "package.json", install: needs ? install : null };
}

function deno({ texts }: RootFiles): FoundTests | undefined {
  const from = ["deno.json", "deno.jsonc"].find((name) =>
    /"tasks"\s*:\s*\{[^{}]*"test"\s*:/.test((texts.get(name) ?? "").slice(0, 100_000)),
  );
  return from === undefined ? undefined : { command: "deno task test", from, install: null };
}

function cargo({ texts }: RootFiles): FoundTests | undefined {
  const text = texts.get("Cargo.toml");
  if (text === undefined) return undefined;
  const needs = /^\[(?:[\w.-]+\.)?(?:dev-|build-)?dependencies[\].]/m.test(text);
  return { command: "cargo test", from: "Cargo.toml", install: needs ? ["cargo", "fetch"] : null };
}

function goModule({ texts }: RootFiles): FoundTests | undefined {
  const text = texts.get("go.mod");
  if (text === undefined) return undefined;
  const needs = /^require\b/m.test(text);
  const install = needs ? ["go", "mod", "download"] : null;
  return { command: "go test ./...", from: "go.mod", install };
}

function pytest({ names, texts }: RootFiles): FoundTests | undefined {
  const own = ["pytest.ini", "conftest.py"].find((name) => names.has(name));
  const said = [
    ["pyproject.toml", /^\[tool\.pytest|["']pytest\b/m],
    ["setup.cfg", /^\[tool:pytest\]/m],
    ["tox.ini", /^\[pytest\]/m],
  ] as const;
  const from = own ?? said.find(([name, rule]) => rule.test(texts.get(name) ?? ""))?.[0];
  return from === undefined ? undefined : { command: "python3 -m pytest", from, install: null };
}

function composer({ texts }: RootFiles): FoundTests | undefined {
  const about = parsed(texts.get("composer.json"));
  if (fieldOf(fieldOf(about, "scripts"), "test") === undefined) return undefined;
  return { command: "composer test", from: "composer.json", install: ["composer", "install"] };
}

const named = (
  { names }: RootFiles,
  from: string,
  command: string,
  install: readonly string[],
): FoundTests | undefined => (names.has(from) ? { command, from, install } : undefined);

/** Undefined for what is no JSON. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

const entries = (value: unknown): number =>
  typeof value === "object" && value !== null ? Object.keys(value).length : 0;
