import { z } from "zod";
import type { KnownHole } from "../../repository/model.ts";

/** A hole as a tool names it; the lockfile is known to who asked. */
export type ToldHole = Omit<KnownHole, "lockfile">;

/** A tool that knows holes of the packages of one kind of lockfile. */
export interface AuditTool {
  /** As people call it. */
  readonly name: string;
  readonly program: string;
  /** Nothing of them comes from the project; the lockfile has the name that they give. */
  readonly args: readonly string[];
  /** Reads what it printed; undefined where that is no answer. Throws nothing. */
  readonly read: (answer: unknown) => readonly ToldHole[] | undefined;
  /** What an answer says that is an error, where it is one. */
  readonly errorIn: (answer: unknown) => string | undefined;
}

const SEVERITIES: Readonly<Record<string, KnownHole["severity"]>> = {
  info: "low",
  low: "low",
  moderate: "medium",
  medium: "medium",
  high: "high",
  critical: "critical",
};
const severityOf = (told: string | null | undefined): KnownHole["severity"] =>
  SEVERITIES[(told ?? "").toLowerCase()] ?? null;

const npmAnswer = z.looseObject({
  auditReportVersion: z.number(),
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      isDirect: z.boolean().default(false),
      via: z.array(
        z.union([
          z.string(),
          z.looseObject({
            name: z.string().optional(),
            title: z.string().default(""),
            url: z.string().default(""),
            severity: z.string().default(""),
            range: z.string().default(""),
          }),
        ]),
      ),
      fixAvailable: z
        .union([z.boolean(), z.looseObject({ name: z.string(), version: z.string() })])
        .default(false),
    }),
  ),
});

/** Answer of `npm audit --json`, report version 2 (npm 7 and later). */
function readNpm(answer: unknown): readonly ToldHole[] | undefined {
  const read = npmAnswer.safeParse(answer);
  if (!read.success) return undefined;
  return Object.values(read.data.vulnerabilities).flatMap(
    ({ name, isDirect, via, fixAvailable }): readonly ToldHole[] =>
      // a text only says that a dependency of the package has the hole
      via.flatMap((one) =>
        typeof one === "string"
          ? []
          : [
              {
                package: one.name ?? name,
                severity: severityOf(one.severity),
                title: one.title,
                affected: one.range,
                source: one.url,
                direct: isDirect,
                fix:
                  typeof fixAvailable === "object"
                    ? `${fixAvailable.name} ${fixAvailable.version}`
                    : fixAvailable
                      ? "npm audit fix"
                      : null,
              },
            ],
      ),
  );
}

const npmError = z.looseObject({
  message: z.string().optional(),
  statusCode: z.number().optional(),
  error: z.looseObject({ summary: z.string().optional(), code: z.string().nullish() }).optional(),
});

function errorOfNpm(answer: unknown): string | undefined {
  const read = npmError.safeParse(answer);
  if (!read.success) return undefined;
  const { message, statusCode, error } = read.data;
  const said = message ?? error?.summary ?? error?.code ?? undefined;
  if (said === undefined || said === "") return undefined;
  return statusCode === undefined ? said : `the registry answered ${said}`;
}

const pipAnswer = z.looseObject({
  dependencies: z.array(
    z.looseObject({
      name: z.string(),
      version: z.string().optional(),
      vulns: z
        .array(
          z.looseObject({
            id: z.string(),
            aliases: z.array(z.string()).default([]),
            fix_versions: z.array(z.string()).default([]),
            description: z.string().default(""),
          }),
        )
        .default([]),
    }),
  ),
});

/** Answer of `pip-audit --format json`, which tells no severity. */
function readPip(answer: unknown): readonly ToldHole[] | undefined {
  const read = pipAnswer.safeParse(answer);
  if (!read.success) return undefined;
  return read.data.dependencies.flatMap(({ name, version, vulns }) =>
    vulns.map(({ id, aliases, fix_versions: fixes, description }) => ({
      package: name,
      severity: null,
      title: description.split("\n", 1)[0] ?? "",
      affected: version ?? "",
      source: [id, ...aliases].join(", "),
      direct: null,
      fix: fixes.length > 0 ? `${name} ${fixes.join(" or ")}` : null,
    })),
  );
}

const cargoAnswer = z.looseObject({
  vulnerabilities: z.looseObject({
    list: z.array(
      z.looseObject({
        advisory: z.looseObject({
          id: z.string(),
          title: z.string().default(""),
          url: z.string().nullish(),
        }),
        versions: z
          .looseObject({ patched: z.array(z.string()).default([]) })
          .default({ patched: [] }),
        package: z.looseObject({ name: z.string(), version: z.string() }),
      }),
    ),
  }),
});

/** Answer of `cargo audit --json`, whose severity is a CVSS vector at best. */
function readCargo(answer: unknown): readonly ToldHole[] | undefined {
  const read = cargoAnswer.safeParse(answer);
  if (!read.success) return undefined;
  return read.data.vulnerabilities.list.map(({ advisory, versions, package: found }) => ({
    package: found.name,
    severity: null,
    title: advisory.title,
    affected: found.version,
    source: advisory.url ?? advisory.id,
    direct: null,
    fix: versions.patched.length > 0 ? `${found.name} ${versions.patched.join(" or ")}` : null,
  }));
}

const none = (): undefined => undefined;

const NPM: AuditTool = {
  name: "npm audit",
  program: "npm",
  args: [
    "audit",
    "--json",
    "--package-lock-only",
    "--ignore-scripts",
    "--no-update-notifier",
    // who does not answer now is said not to have answered
    "--fetch-retries=0",
  ],
  read: readNpm,
  errorIn: errorOfNpm,
};

/** Which tool is asked about which lockfile; about the others nobody is. */
export const TOOLS: Readonly<Record<string, AuditTool>> = {
  "package-lock.json": NPM,
  "npm-shrinkwrap.json": NPM,
  "requirements.txt": {
    name: "pip-audit",
    program: "pip-audit",
    args: [
      "--requirement",
      "requirements.txt",
      // nothing is resolved and no environment is made: packages are asked about as they are pinned
      "--no-deps",
      "--disable-pip",
      "--format",
      "json",
      "--progress-spinner",
      "off",
    ],
    read: readPip,
    errorIn: none,
  },
  "Cargo.lock": {
    name: "cargo audit",
    program: "cargo-audit",
    args: ["audit", "--json", "--file", "Cargo.lock"],
    read: readCargo,
    errorIn: none,
  },
};
