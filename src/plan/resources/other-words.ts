/**
 * Things that tasks contend for and that a sentence names without a path, as data. All of it is guessed. The patterns read the
 * text of a task without the paths in it.
 */

/** A command that changes the manifest and the lockfile of a package manager. */
export interface Installer {
  readonly command: RegExp;
  /** Undefined where it can't be told from the command. */
  readonly manifest?: string;
}

/** `--frozen-lockfile` and the like install what is locked, and change nothing. */
const installer = (commands: string, manifest?: string): Installer => ({
  command: new RegExp(
    `(?:^|[\\s\`("'])(?:${commands})(?= |\`|$)(?![^\`]{0,80}--(?:frozen|locked|immutable))`,
    "i",
  ),
  ...(manifest === undefined ? {} : { manifest }),
});

export const INSTALLERS: readonly Installer[] = [
  installer(
    "npm (?:i|install)|pnpm (?:add|i|install)|yarn add|bun add|npx expo install",
    "package.json",
  ),
  installer("poetry add|uv add", "pyproject.toml"),
  installer("cargo add", "Cargo.toml"),
  installer("go get|go mod tidy", "go.mod"),
  installer("bundle add", "Gemfile"),
  installer("composer require", "composer.json"),
  installer("pip install|dotnet add(?: \\S{1,80})? package|mix deps\\.get"),
];

/** Not `dependencies` in code marks, which is a field's name; not `dependency info`. `dependency-aware`, `dependency graph`, `dependencies between tasks`: what is made, not what is installed. */
const NOUN = String.raw`(?<!\x60)(?:(?:dependencies|packages|libraries|npm modules|dépendances|dependencias|Abhängigkeiten)\b(?!-)|(?:dependency|package|library|npm module|dépendance|dependencia)(?= (?:(?:to|for|in|into|from|with|and|as|via|version)\b|\W)|\W{0,4}$|[,:;)\x60]))(?!\.\w)(?! (?:between|of|among|across|fields?|columns?|graphs?|tables?|sections?|lists?|chains?|trees?|order|matrix|check|logic|parser|format|metadata|annotations?|syntax))`;

/** Words before it that say that tasks, plans or code depend on each other. */
const SUBJECT = String.raw`tasks?|phases?|plans?|stories|story|steps?|waves?|waits?|edges?|graph|cross|inter|intra|circular|cyclic|unmet|unresolved|missing|upstream|downstream|data|module|service|injection|explicit|implicit|external|respect\w{0,3}|honou?r\w{0,3}|check\w{0,3}|track\w{0,3}|handl\w{1,3}|resolv\w{1,3}|valid\w{1,6}|detect\w{0,3}|declar\w{1,6}|pars\w{1,4}|show\w{0,3}|display\w{0,3}|support|about|doc\w{0,12}|comments?|tests?`;

/** `Install zod and pino dependencies`, `Add the zod package`: whatever the package manager, its manifest and its lockfile. */
export const INSTALLS = new RegExp(
  String.raw`^[^.;—]{0,40}?\b(?:(?:install|uninstall|instalar|installer|installieren)\b[^.;—]{0,80}?|(?:add|upgrade|update|bump|pin|remove|ajouter|añadir)\b(?:(?!\b(?:${SUBJECT})\b)[^.;—]){0,80}?)\b${NOUN}`,
  "i",
);

/** Files that say which packages a project has: tasks that write one may well run its commands. */
export const MANIFEST =
  /(?:^|\/)(?:package\.json|pyproject\.toml|Cargo\.toml|go\.mod|Gemfile|composer\.json|requirements[\w.-]{0,20}\.txt|[^/]{1,80}\.csproj|Directory\.Packages\.props)$/;

/** A word that all of these patterns have one of; most tasks have none. */
export const ANY_OF_THEM =
  /dependenc|dépendanc|abhäng|packag|librar|npm|yarn|bun |expo|poetry|uv add|cargo|go get|go mod|bundle|composer|pip |mix |migrat|prisma|alembic|flyway|drizzle|dotnet|git |branch|current[- ]plan|port |localhost|\d\.0\.\d/i;

export interface OtherResource {
  readonly resource: string;
  readonly when: RegExp;
}

export const OTHER_RESOURCES: readonly OtherResource[] = [
  // migrations that a tool numbers, and the one database that they are applied to
  {
    resource: "database schema",
    when: /\b(?:run|apply|execute|applies|roll ?back|lancer|ejecutar|ausführen)\b[^.;—]{0,60}?\bmigrations?\b|\b(?:prisma (?:migrate|db push)|alembic upgrade|knex migrate|dotnet ef (?:database update|migrations add)|rails db:migrate|sequelize db:migrate|flyway migrate|drizzle-kit (?:push|migrate|generate))\b/i,
  },
  {
    resource: "database schema",
    when: /^[^.;—]{0,30}?\b(?:generate|scaffold|auto-?generate)\b[^.;—]{0,60}?\bmigrations?\b/i,
  },
  // the one working copy has one branch
  {
    resource: "git branch",
    when: /^[^.;—]{0,60}?(?:\bgit (?:checkout|switch|rebase|merge|reset|cherry-pick|pull|stash)\b|\b(?:create|switch to|check ?out|rebase|squash|merge) (?:\S{1,30} ){0,3}?(?:feature |release |git )?branch\b)/i,
  },
  {
    resource: "current plan",
    when: /\b(?:set|switch|change|update|write)\b[^.;—]{0,40}?\bcurrent[- ]plan\b/i,
  },
];

/** A server on a port: two at once can't have it. */
export const PORT =
  /\b(?:start|run|launch|serve|listen|bind)\b[^.;—]{0,80}?(?:\bport |\blocalhost:|127\.0\.0\.1:|0\.0\.0\.0:)(\d{2,5})\b/i;

/** Work that only talks of them. */
export const ONLY_TALKS =
  /^(?:document|describe|explain|review|research|evaluate|compare|list|analy[sz]e|plan|design)\b/i;
