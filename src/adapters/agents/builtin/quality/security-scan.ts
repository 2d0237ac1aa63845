import type { ReportModel } from "./report-model.ts";
import { unmarked } from "./report-text.ts";

const safe = (text: string): string => unmarked(text).replace(/[[\]]/g, "|");

/** `security_scan.json`: what was scanned and found, for other tools. Secrets are masked. */
export function securityScan({ facts, scanned, issues }: ReportModel): string {
  const { secrets, lockfiles, audit } = facts.measured;
  const value = {
    scanned: scanned.map(({ what, done, note }) => ({ what: safe(what), done, note: safe(note) })),
    secrets: secrets.found.map(({ path, line, shape, masked, within }) => ({
      path: safe(path),
      line,
      shape,
      masked: safe(masked),
      within,
    })),
    keyFiles: secrets.keyFiles.map(safe),
    lockfiles: lockfiles.map(({ path, ecosystem, packages, unencrypted, problem }) => ({
      path: safe(path),
      ecosystem,
      packages: packages.length,
      unencrypted: unencrypted.map(safe),
      problem: problem === null ? null : safe(problem),
    })),
    audit: {
      done: audit.done,
      note: safe(audit.note),
      holes: audit.holes.map((hole) => ({
        ...hole,
        lockfile: safe(hole.lockfile),
        package: safe(hole.package),
        title: safe(hole.title),
        affected: safe(hole.affected),
        source: safe(hole.source),
        fix: hole.fix === null ? null : safe(hole.fix),
      })),
    },
    findings: issues
      .filter(({ reviewers }) => reviewers.includes("security"))
      .map(({ id, severity, certainty, title, place, resolution, accepted }) => ({
        id: safe(id),
        severity,
        certainty,
        title: safe(title),
        place: place === null ? null : safe(place),
        resolution: safe(resolution),
        accepted: accepted === null ? null : safe(accepted),
      })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
