const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Programs that plans call to check work, by name. A name with a path is one, too. */
export const PROGRAMS: ReadonlySet<string> = new Set(
  words(`
  npm npx pnpm pnpx yarn bun bunx node deno tsc tsx ts-node tsgo vitest jest mocha ava tap c8 nyc eslint prettier oxlint oxfmt biome stylelint knip publint
  playwright cypress storybook webpack vite next nuxt astro ng nx turbo lerna rush expo eas prisma drizzle-kit wrangler
  python python3 pytest uv uvx poetry pipenv pdm hatch tox nox ruff mypy pyright basedpyright black isort flake8 pylint bandit coverage alembic
  cargo rustc rustfmt clippy-driver go gofmt gotestsum golangci-lint staticcheck govulncheck
  make gmake cmake ctest ninja meson just task bazel bazelisk buck2 mage
  java javac gradle gradlew mvn mvnw sbt lein clojure clj kotlinc ktlint scala
  dotnet msbuild nuget swift swiftlint xcodebuild flutter dart php composer phpunit phpstan pest artisan psalm
  ruby bundle rake rspec rubocop rails mix elixir rebar3 gleam stack cabal ghc zig nim crystal perl prove lua busted julia Rscript
  sh bash zsh dash fish shellcheck shfmt bats hadolint actionlint markdownlint markdownlint-cli2 yamllint vale lychee cspell typos codespell buf protoc spectral redocly openapi
  grep egrep fgrep rg ag find fd ls cat head tail wc test [ [[ diff cmp comm jq yq xq sed awk sort uniq cut tr xargs stat file du tree basename dirname readlink realpath sha256sum md5sum
  git gh docker docker-compose podman helm kubectl kustomize kubeconform terraform tofu tflint ansible ansible-lint ansible-playbook pulumi cdk sam serverless
  curl wget http psql mysql sqlite3 redis-cli mongosh duckdb openssl nginx caddy
  echo printf true false cd env export source time timeout command which type mkdir rm cp mv touch chmod exit set pushd popd sleep
  `),
);

/** Those that check something when they are called by their name alone. */
export const ALONE: ReadonlySet<string> = new Set(
  words(
    "make just pytest tsc vitest jest mocha eslint mypy pyright basedpyright flake8 ruff tox nox rspec rubocop phpunit phpstan golangci-lint staticcheck knip publint bats ctest ninja tflint",
  ),
);

/** Words before a program that only start it. */
export const STARTERS: ReadonlySet<string> = new Set(
  words("npx bunx uvx time exec env cross-env nohup xvfb-run dotenv"),
);
/** The same in two words. */
export const STARTER_PAIRS: ReadonlySet<string> = new Set([
  "pnpm exec",
  "pnpm dlx",
  "yarn exec",
  "yarn dlx",
  "npm exec",
  "uv run",
  "poetry run",
  "pipenv run",
  "pdm run",
  "hatch run",
  "bundle exec",
  "mix do",
]);
/** Options that take the next word. */
export const TAKES_A_WORD: ReadonlySet<string> = new Set(
  words(
    "--filter -F -C --cwd --dir --prefix -w --workspace --with --project -p -m --directory -f --file -s --silent-for -n",
  ),
);

/** Commands that are not run because a sentence names them: of these programs, with one of these words next, or whatever comes next. */
export interface Unfit {
  /** As the end of a sentence about the command. */
  readonly why: string;
  readonly programs: ReadonlySet<string>;
  /** `""` is the program alone. */
  readonly next: ReadonlySet<string> | "anything";
}

const unfit = (why: string, programs: string, next: string): Unfit => ({
  why,
  programs: new Set(words(programs)),
  next: next === "*" ? "anything" : new Set(words(next).map((word) => (word === "-" ? "" : word))),
});

const ENDLESS = "does not end by itself";
const NETWORK = "needs the network";
const OUTSIDE = "changes more than the clone";
const PACKAGES = "npm pnpm yarn bun";

/** What a plan gives as a command, in a fence or a field, is run whatever it is. */
export const UNFIT: readonly Unfit[] = [
  unfit(ENDLESS, PACKAGES, "dev start serve watch preview storybook develop"),
  unfit(ENDLESS, "make gmake just task mage", "dev run start serve watch up develop"),
  unfit(ENDLESS, "vite", "- dev serve preview"),
  unfit(ENDLESS, "next nuxt astro expo ng wrangler storybook gatsby", "dev start serve preview"),
  unfit(ENDLESS, "flask cargo go dotnet flutter deno", "run watch serve"),
  unfit(ENDLESS, "rails artisan manage.py", "s server serve runserver"),
  unfit(NETWORK, "python python3", "pip ensurepip"),
  unfit(ENDLESS, "python python3", "http.server uvicorn flask"),
  unfit(ENDLESS, "uvicorn gunicorn nodemon watch http.server sleep", "*"),
  unfit(
    NETWORK,
    PACKAGES,
    "install i ci add update upgrade up create audit outdated init dlx import",
  ),
  unfit(NETWORK, "yarn pnpm bun", "-"),
  unfit(NETWORK, "uv poetry pipenv pdm hatch", "sync add pip tool install update lock"),
  unfit(
    NETWORK,
    "cargo go dotnet mix composer bundle dart flutter",
    "install add update fetch get mod restore deps require pub upgrade tool",
  ),
  unfit(
    NETWORK,
    "pip pip3 gem apt apt-get brew curl wget http gh docker docker-compose podman create-next-app create-vite",
    "*",
  ),
  unfit(
    OUTSIDE,
    "git",
    "push pull fetch clone remote submodule commit checkout switch merge rebase reset clean stash tag worktree add rm mv restore config cherry-pick revert init am apply",
  ),
  unfit(OUTSIDE, PACKAGES, "publish unpublish login version link"),
  unfit(OUTSIDE, "cargo", "publish login"),
  unfit(
    OUTSIDE,
    `${PACKAGES} make gmake just task mage`,
    "migrate migrate-up migrate-down deploy release seed db reset",
  ),
  unfit(OUTSIDE, "dotnet", "ef new user-secrets sln"),
  unfit(OUTSIDE, "prisma drizzle-kit", "migrate db push"),
  unfit(
    OUTSIDE,
    "kubectl helm terraform tofu pulumi cdk sam serverless ansible-playbook wrangler aws gcloud az ssh scp rsync sudo su kill pkill killall shutdown reboot systemctl service rm mv cp chmod chown dd mkfs psql mysql mongosh redis-cli eas firebase vercel netlify fly heroku",
    "*",
  ),
];

/** Commands that only show something: that they end well says nothing, so a sentence has to say what they show. */
const SHOWING: readonly Unfit[] = [
  unfit(
    "only shows something",
    "git",
    "log status branch show describe rev-list shortlog blame reflog tag --version",
  ),
  unfit("only shows something", "cat head tail echo printf pwd which type du tree", "*"),
];

export const onlyShows = (program: string, next: string): boolean =>
  SHOWING.some(
    (rule) => rule.programs.has(program) && (rule.next === "anything" || rule.next.has(next)),
  );
