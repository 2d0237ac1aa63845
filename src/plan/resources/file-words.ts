/** What tells names of files from other words, as data. Sources: paths named in public Spec Kit, S3 and S4 plans (FORMATS §3.3). */

/** Endings of files that are taken for one wherever they stand. */
const ENDINGS =
  "ts tsx mts cts js jsx mjs cjs json json5 jsonc jsonl ndjson yaml yml toml md mdx markdown rst adoc txt py pyi ipynb go mod sum rs java kt kts " +
  "scala groovy rb erb php twig cs csproj fs fsproj vb sln slnx props targets resx razor cshtml xaml swift dart ex exs eex heex erl hs clj cljs lua pl " +
  "jl zig nim elm ml cpp cxx hpp hxx hh mm sh bash zsh fish ps1 psm1 bat cmd sql html htm css scss sass less styl vue svelte astro hbs ejs " +
  "njk pug liquid mustache tpl tmpl j2 jinja proto graphql gql prisma tf tfvars hcl bicep nix xml xsd plist storyboard xib pbxproj gradle " +
  "properties ini cfg conf csv tsv parquet feature svg png jpg jpeg gif webp ico woff woff2 ttf pdf snap wasm cue rego sol cmake mk tcl http rest " +
  "webmanifest service timer socket template example sample dist";

/** Endings that are ordinary words after a dot (`mutex.lock`, `process.env`), so that only a path with a folder has them. */
const ENDINGS_IN_FOLDERS = "log db env lock key pem crt data map out bak tmp sqlite pid c h m r cc";

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
/** Endings that say little alone: `foo.service` may be code. */
const WEAK = set(
  "mod sum props targets http rest service timer socket template example sample dist cue sol ml fs vb pl mk tcl snap feature data",
);
const STRONG = set(ENDINGS);
const IN_FOLDERS = set(ENDINGS_IN_FOLDERS);
/** One letter, so only where somebody marked them as code. */
const IN_CODE = set("c h m r cc");

/** Files without an ending. */
const NAMES =
  /^(?:Dockerfile(?:\.[\w-]{1,30})?|Containerfile|Makefile|GNUmakefile|Procfile|Gemfile|Rakefile|Podfile|Fastfile|Brewfile|Jenkinsfile|Vagrantfile|Tiltfile|Caddyfile|Earthfile|[Jj]ustfile|Pipfile|LICENSE|NOTICE|CODEOWNERS|go\.(?:mod|sum|work)|(?:yarn|Cargo|poetry|uv|Gemfile|composer|Pipfile|Podfile|pubspec|flake|bun|deno|mix)\.lock)$/;

/** Files that begin with a dot. */
const DOTFILE =
  /^\.(?:env(?:\.[\w-]{1,30}){0,3}|[a-z]{1,30}rc(?:\.(?:json|[cm]?js|ts|ya?ml|toml))?|[a-z]{1,30}ignore|editorconfig|gitattributes|gitmodules|gitkeep|htaccess|flake8|(?:node|python|ruby|java|terraform|go)-version|tool-versions|coveragerc|clang-format|clang-tidy|bazelversion)$/;

/** `.ts`, `.spec.ts`: an ending that somebody talks of, no file. */
const ONLY_AN_ENDING =
  /^\.(?:(?:spec|test|tests|stories|module|component|service|d|e2e|min|config|example|local|generated|gen|schema|types?)\.)?[a-z]{1,9}$/i;

/** Words with a dot that are products, members or hosts, not files. */
const PRODUCTS =
  /^(?:(?:node|next|vue|nuxt|express|react|three|d3|chart|socket|alpine|ember|backbone|web3|ethers|p5|day|moment|zone|highlight|video|pdf|chance|matter|phaser|pixi|babylon|angular|knockout|mustache|handlebars|underscore|require|discord|deno|bun|solid|nest|hapi|koa|svelte|anime|paper|leaflet|tensorflow|monaco|auth|lucia|redux|electron|passport|bcrypt)\.(?:js|io|ts)|(?:asp|ml|vb|ado)\.net|docs\.rs|(?:res|resp|response|req|request|body|ctx|c|r|reply)\.(?:json|html|md|txt|xml|http|rest)|(?:this|self|args?|opts|options|config|params|e|err|error|event|process|import\.meta)\.\w{1,20}|(?:std|os|sys)\.fs)$/i;

/** Top folders of projects: with them a path without an ending is a folder, `input/output` is none. */
const ROOTS =
  /^(?:src|source|sources|app|apps|packages|libs?|modules|services|backend|frontend|client|server|web|api|mobile|cmd|internal|pkg|crates|tests?|__tests__|e2e|spec|specs|docs?|scripts?|tools|bin|config|configs|public|static|assets|components|pages|examples?|fixtures|migrations|prisma|db|infra|terraform|charts|k8s|deploy|contracts|templates|schemas|commands|agents|skills|hooks|\.[a-z][\w-]{1,30})$/;

/** Hosts of URLs that somebody wrote without their scheme, and of Go modules. */
const HOST =
  /^(?:www\.|[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:com|org|net|io|dev|ai|co|edu|gov|sh|me|cloud|xyz|in)$)/i;

/** Folders of a system outside of every project. */
const SYSTEM = /^\/(?:etc|usr|var|tmp|dev|proc|sys|home|opt|root|bin|sbin|mnt|Users|Library)\//;

/** Documents of the design: reading them is what they are there for. */
const DESIGN =
  /(?:^|\/)(?:spec|plan|research|data-model|quickstart|tasks|constitution|requirements|design|prd|implementation[_-]plan|planning-summary|architecture)\.md$|(?:^|\/)contracts\/[^/]{1,200}$/i;

const DOCUMENT = /\.(?:md|mdx|markdown|rst|adoc|txt|pdf)$|(?:^|\/)(?:LICENSE|NOTICE|CODEOWNERS)$/i;

const TEST =
  /(?:^|\/)(?:tests?|__tests__|[\w.-]{0,60}\.Tests?|e2e|cypress|spec)\/|(?:^|\/)(?:test_[^/]{1,200}|conftest\.py|[^/]{0,200}(?:[._-](?:test|tests|e2e|spec|e2e-spec)|Tests?|Spec)\.[a-z0-9]{1,9})$/;

/** Files that every part of a project has one of, or that stand at its root: alone, their names say nothing of which one. */
const COMMON =
  /^(?:(?:index|main|mod|types?|utils?|constants|page|layout|route|loading|error|not-found|template|styles?|handler|handlers|service|controller|model|models|schema|test|setup)\.[a-z]{1,6}|__init__\.py|__main__\.py|mod\.rs|lib\.rs|README(?:\.md)?)$/;

const ROOT_FILE =
  /^(?:package(?:-lock)?\.json|pnpm-(?:lock|workspace)\.yaml|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|CLAUDE\.md|AGENTS\.md|LICENSE|Dockerfile|Makefile|docker-compose[\w.-]{0,20}\.ya?ml|tsconfig[\w.-]{0,20}\.json|pyproject\.toml|go\.(?:mod|sum)|Cargo\.(?:toml|lock)|turbo\.json|nx\.json|\.[\w.-]{1,40})$/;

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const isDesignDocument = (path: string): boolean => DESIGN.test(path);
export const isDocument = (path: string): boolean => DOCUMENT.test(path);
export const isTestFile = (path: string): boolean => TEST.test(path);
export const isCommonName = (path: string): boolean => COMMON.test(path);
export const isRootFile = (path: string): boolean => ROOT_FILE.test(path);
export const isProjectRoot = (segment: string): boolean => ROOTS.test(segment);
export const isHost = (segment: string): boolean => HOST.test(segment);
export const isSystemPath = (path: string): boolean => SYSTEM.test(path);

/** Whether the last part of a path names a file, given whether folders stand before it and whether it is in a code span. */
export function namesFile(name: string, inFolder: boolean, inCode: boolean): boolean {
  if (name.startsWith("."))
    return (
      DOTFILE.test(name) ||
      (!ONLY_AN_ENDING.test(name) && STRONG.has(endingOf(name))) ||
      (inFolder && /^\.[a-z][\w-]{3,40}$/.test(name) && !ONLY_AN_ENDING.test(name))
    );
  if (NAMES.test(name)) return true;
  const dot = name.lastIndexOf(".");
  if (dot < 1) return false;
  if (PRODUCTS.test(name)) return inFolder && !/^[A-Z]/.test(name);
  const ending = endingOf(name);
  if (STRONG.has(ending)) return !WEAK.has(ending) || inFolder || name.slice(0, dot).includes(".");
  return IN_FOLDERS.has(ending) && (inFolder || (inCode && IN_CODE.has(ending)));
}

const endingOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();
