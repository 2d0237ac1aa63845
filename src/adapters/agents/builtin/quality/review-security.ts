import { CONCERNS } from "../../../../spec/scores/concerns-lexicon.ts";
import type { FoundSecret } from "../../../../repository/model.ts";
import type { SecurityAssessment } from "../../../../stage/contracts/quality.ts";
import { knownHoles } from "./known-holes.ts";
import { notLookedAt, type QualityFacts } from "./facts.ts";
import { counted, few, numbered, scoreByFindings, type Draft } from "./make-finding.ts";

type Answer = { readonly security_assessment: SecurityAssessment };

/** Secrets, dependencies, risks and sensitive requirements (contract `security_assessment`). */
export function reviewSecurity(facts: QualityFacts): Answer {
  const findings = numbered("SEC", [
    ...secrets(facts),
    ...knownHoles(facts),
    ...lockfiles(facts),
    ...sensitiveWithoutTest(facts),
    ...risksWithoutTask(facts),
  ]);
  return {
    security_assessment: {
      score: scoreByFindings(findings),
      scanned: scanned(facts),
      findings,
      unknowns: [
        "The code was not read for vulnerabilities: rules look at secrets, dependencies and tests only.",
        ...notLookedAt(facts),
      ],
    },
  };
}

const LEAK = "Whoever can read the repository, or its history, can use it.";
const ROTATE =
  "Make it invalid where it was issued, take it out of the tree, and read it from the environment.";

function secrets({ measured }: QualityFacts): readonly Draft[] {
  const { found, keyFiles } = measured.secrets;
  const inTests = found.filter(({ within }) => within === "test");
  return [
    ...found.filter(({ within }) => within !== "test").map(secret),
    ...keyFiles.map((path): Draft => ({
      severity: "high",
      title: `${path} is in the tree`,
      place: path,
      evidence: "Files of this name hold credentials, and git tracks it or would.",
      impact: LEAK,
      resolution: `${ROTATE} Add the file to .gitignore.`,
    })),
    ...(inTests.length === 0
      ? []
      : [
          {
            severity: "low" as const,
            certainty: "guess" as const,
            title: `${counted(inTests.length, "value")} in tests with the shape of a secret`,
            place: inTests[0] ? `${inTests[0].path}:${inTests[0].line}` : null,
            evidence: few(
              inTests.map(({ path, line, shape }) => `${path}:${line} (${shape})`),
              10,
            ),
            impact:
              "Most likely made up for the test; a real one would be public to all who read it.",
            resolution:
              "Check that none is real; write made-up ones so that it shows, with EXAMPLE in them.",
          },
        ]),
  ];
}

function secret({ path, line, shape, masked, within }: FoundSecret): Draft {
  const random = shape.startsWith("random");
  return {
    severity: within === "document" ? "medium" : random ? "high" : "critical",
    certainty: random || within === "document" ? "guess" : "fact",
    title: random
      ? `What looks like a secret in ${path}`
      : `The shape of ${/^[AEIOU]/i.test(shape) ? "an" : "a"} ${shape} in ${path}`,
    place: `${path}:${line}`,
    evidence: `${masked}: ${shape}. Whether it is real and still valid was not tried.`,
    impact: LEAK,
    resolution: ROTATE,
  };
}

function lockfiles({ measured }: QualityFacts): readonly Draft[] {
  return measured.lockfiles.flatMap(
    ({ path, packages, unencrypted, problem }): readonly Draft[] => {
      const unpinned = packages.filter(({ version }) => version === "unpinned");
      return [
        ...(problem === null
          ? []
          : [
              {
                severity: "low" as const,
                title: `The lockfile ${path} cannot be read`,
                place: path,
                evidence: `${path}: ${problem}.`,
                impact: "Its packages are not known and cannot be audited.",
                resolution: "Let the package manager write it again.",
              },
            ]),
        ...(unencrypted.length === 0
          ? []
          : [
              {
                severity: "medium" as const,
                title: `${counted(unencrypted.length, "package")} fetched over plain http`,
                place: path,
                evidence: few(unencrypted),
                impact:
                  "Whoever is on the line can see and, without an integrity hash, replace what is installed.",
                resolution: "Use a registry over https and write the lockfile again.",
              },
            ]),
        ...(unpinned.length === 0
          ? []
          : [
              {
                severity: "low" as const,
                title: `${counted(unpinned.length, "package")} without a fixed version`,
                place: path,
                evidence: few(unpinned.map(({ name }) => name)),
                impact: "Two installations can get different code.",
                resolution: "Pin the versions, or keep a lockfile.",
              },
            ]),
      ];
    },
  );
}

const SENSITIVE = ["access", "money", "personal data"];

function sensitiveWithoutTest({ measured }: QualityFacts): readonly Draft[] {
  const { rows, idsInUse } = measured.traceability;
  if (!idsInUse || !measured.scanned) return [];
  return rows
    .filter((row) => row.kind === "requirement" && row.done !== false)
    .filter((row) => !row.tests.some(({ basis }) => basis !== "guess"))
    .flatMap((row): readonly Draft[] => {
      const about = SENSITIVE.filter((name) => CONCERNS[name]?.test(row.text));
      return about.length === 0
        ? []
        : [
            {
              severity: "medium",
              title: `${row.id} is about ${few(about)}, and no test names it`,
              place: `spec.md:${row.line}`,
              evidence: `Other ids are named in source or tests; ${row.id} is in no title or comment of a test.`,
              impact: "A hole there costs most, and nothing shows that there is none.",
              resolution: `Add a test that tries what ${row.id} forbids, with its id in the title.`,
              requirements: [row.id],
            },
          ];
    });
}

const RISK_ROW = /^\|\s*(R-\d{1,3})\s*\|/;

/** Risks in the tables of a plan that nobody owns: without a column for who watches them, or with nothing in it. */
function unownedRisks(plan: string): readonly string[] {
  const ids = new Set<string>();
  let owner = -1;
  for (const line of plan.split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    const id = RISK_ROW.exec(line)?.[1];
    if (id !== undefined && !/\p{L}/u.test(cells[owner] ?? "")) ids.add(id);
    else if (id === undefined && line.startsWith("|") && !/^[\s|:-]*$/.test(line))
      owner = cells.findIndex((cell) => /^(?:owner|who|watched by|responsible)$/i.test(cell));
  }
  return [...ids];
}

/** Risks of the plan that nobody owns and no task names, where tasks name risks at all. */
function risksWithoutTask({ documents }: QualityFacts): readonly Draft[] {
  const risks = unownedRisks(documents["plan.md"] ?? "");
  const texts = ["plan.md", "implementation_plan.md", "tasks.md"]
    .flatMap((name) => (documents[name] ?? "").split("\n"))
    .filter((line) => /^\s{0,12}[-*] \[[ xX]\]/.test(line))
    .join("\n");
  const carried = new Set([...texts.matchAll(/\bR-\d{1,3}\b/g)].map(([id]) => id));
  if (carried.size === 0) return [];
  const left = risks.filter((id) => !carried.has(id));
  return left.length === 0
    ? []
    : [
        {
          severity: "medium",
          title: `${counted(left.length, "risk")} of the plan that no task names and nobody owns`,
          place: "plan.md",
          evidence: `${few(left, 12)}; other risks are named by tasks.`,
          impact: "What the plan promises against them may not be built.",
          resolution: "Name the risk in the task that counters it, or say who watches it.",
        },
      ];
}

function scanned({ measured }: QualityFacts): { what: string; done: boolean; note: string }[] {
  const { secrets: found, lockfiles: locks, audit, scanned: looked } = measured;
  const packages = locks.reduce((sum, lock) => sum + lock.packages.length, 0);
  return [
    {
      what: "secrets in the tree",
      done: looked !== null,
      note:
        looked === null
          ? "no repository was looked at"
          : `${counted(found.filesScanned, "text file")}; the history of git was not looked at`,
    },
    {
      what: "lockfiles",
      done: locks.length > 0,
      note:
        locks.length === 0
          ? "none was found"
          : `${counted(packages, "package")} in ${few(locks.map(({ path }) => path))}`,
    },
    { what: "known holes of dependencies", done: audit.done, note: audit.note },
  ];
}
