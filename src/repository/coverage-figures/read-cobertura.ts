import { BrokenCoverage, type FileCoverage, type ReadCoverage } from "./coverage-text.ts";

const ROOT = /<coverage\b([^<>]{0,4000})>/;
const CLASS = /<class\b([^<>]{0,2000})>/g;
const LINE = /<line\b([^<>]{0,500})\/?>/g;

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}\\s{0,9}=\\s{0,9}["']([^"']{0,1000})["']`).exec(attributes)?.[1];

/** Cobertura XML: the totals of its root, or counted from its lines. Throws BrokenCoverage. */
export function readCobertura(text: string): ReadCoverage {
  const root = ROOT.exec(text)?.[1];
  if (root === undefined) throw new BrokenCoverage("it has no coverage element");
  if (!text.includes("</coverage>")) throw new BrokenCoverage("it is cut off");
  const files = classesOf(text);
  const covered = Number(attribute(root, "lines-covered"));
  const total = Number(attribute(root, "lines-valid"));
  if (Number.isFinite(covered) && Number.isFinite(total)) return { files, covered, total };
  if (files.length === 0) throw new BrokenCoverage("it has neither totals nor classes");
  return {
    files,
    covered: files.reduce((sum, one) => sum + one.covered, 0),
    total: files.reduce((sum, one) => sum + one.total, 0),
  };
}

/** Lines between one class and the next are its own; those of a file's classes are added up, each line once. */
function classesOf(text: string): readonly FileCoverage[] {
  const starts = [...text.matchAll(CLASS)];
  const byFile = new Map<string, Map<string, boolean>>();
  starts.forEach((match, index) => {
    const path = attribute(match[1] ?? "", "filename") ?? "unknown";
    const lines = byFile.get(path) ?? new Map<string, boolean>();
    byFile.set(path, lines);
    const body = text.slice(match.index, starts[index + 1]?.index);
    for (const [, attributes = ""] of body.matchAll(LINE)) {
      const number = attribute(attributes, "number");
      if (number === undefined) continue;
      const hit = Number(attribute(attributes, "hits")) > 0;
      lines.set(number, hit || lines.get(number) === true);
    }
  });
  return [...byFile].map(([path, lines]) => ({
    path,
    covered: [...lines.values()].filter(Boolean).length,
    total: lines.size,
  }));
}
