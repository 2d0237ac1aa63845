import type { Access } from "./model.ts";

/** Things that tasks contend for and that a sentence names without a path. All of it is guessed. */
export interface OtherResource {
  /** What it is called; a file where it is known which one. */
  readonly resource: string;
  readonly kind: "file" | "other";
  readonly access: Access;
  readonly when: RegExp;
}

const INSTALL =
  "(?:install|add|upgrade|update|bump|pin|remove|uninstall|instalar|installer|ajouter|añadir|installieren)";
const PACKAGES =
  "(?:dependenc(?:y|ies)|packages?(?!\\.)|librar(?:y|ies)|npm modules?|dépendances?|dependencias|Abhängigkeiten)";

const installs = (managers: string): RegExp =>
  new RegExp(`(?:^|[\\s\`("'])(?:${managers})(?= |\`|$)`, "i");

/**
 * Installing changes the manifest and the lockfile of its package manager; that several plans' tools call these `dependencies`
 * makes them one resource where the manager is not named.
 */
export const OTHER_RESOURCES: readonly OtherResource[] = [
  {
    resource: "dependencies",
    kind: "other",
    access: "write",
    when: new RegExp(`^[^.;—]{0,40}?\\b${INSTALL}\\b[^.;—]{0,80}?\\b${PACKAGES}\\b`, "i"),
  },
  {
    resource: "dependencies",
    kind: "other",
    access: "write",
    when: /(?:^|[\s`("'])(?:npm (?:i|install)|pnpm (?:add|i|install)|yarn add|bun add|npx expo install|pip install|poetry add|uv add|cargo add|go get|dotnet add(?: \S{1,80})? package|bundle add|composer require|mix deps\.get)\b/i,
  },
  {
    resource: "package.json",
    kind: "file",
    access: "write",
    when: installs("npm (?:i|install)|pnpm (?:add|i|install)|yarn add|bun add|npx expo install"),
  },
  {
    resource: "pyproject.toml",
    kind: "file",
    access: "write",
    when: installs("poetry add|uv add"),
  },
  { resource: "Cargo.toml", kind: "file", access: "write", when: installs("cargo add") },
  { resource: "go.mod", kind: "file", access: "write", when: installs("go get|go mod tidy") },
  { resource: "Gemfile", kind: "file", access: "write", when: installs("bundle add") },
  { resource: "composer.json", kind: "file", access: "write", when: installs("composer require") },
  {
    resource: "database schema",
    kind: "other",
    access: "write",
    when: /\b(?:run|apply|execute|appl(?:y|ies)|roll ?back|lancer|ejecutar|ausführen)\b[^.;—]{0,60}?\bmigrations?\b|\b(?:prisma (?:migrate|db push)|alembic upgrade|knex migrate|dotnet ef (?:database update|migrations add)|rails db:migrate|sequelize db:migrate|flyway migrate|drizzle-kit (?:push|migrate|generate))\b/i,
  },
  {
    resource: "database schema",
    kind: "other",
    access: "write",
    when: /^[^.;—]{0,30}?\b(?:generate|scaffold|auto-?generate)\b[^.;—]{0,60}?\bmigrations?\b/i,
  },
  {
    resource: "git branch",
    kind: "other",
    access: "write",
    when: /\bgit (?:checkout|switch|rebase|merge|reset|cherry-pick|pull|stash)\b|\b(?:create|switch to|check ?out|rebase|squash|merge) (?:\S{1,30} ){0,3}?(?:feature |release |git )?branch\b/i,
  },
  {
    resource: "current plan",
    kind: "other",
    access: "write",
    when: /\b(?:set|switch|change|update|write)\b[^.;—]{0,40}?\bcurrent[- ]plan\b/i,
  },
];

/** A server on a port: two at once can't have it. */
export const PORT =
  /\b(?:start|run|launch|serve|listen|bind)\b[^.;—]{0,80}?(?:\bport |\blocalhost:|127\.0\.0\.1:|0\.0\.0\.0:)(\d{2,5})\b/i;

/** Work that only talks of them: `verify that npm install succeeds` runs it, but in a place of its own. */
export const ONLY_TALKS =
  /^(?:document|describe|explain|review|research|evaluate|compare|list|analy[sz]e|plan|design)\b/i;
