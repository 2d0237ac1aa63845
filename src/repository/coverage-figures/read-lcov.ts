import { BrokenCoverage, type FileCoverage, type ReadCoverage } from "./coverage-text.ts";

/** `lcov.info`: by `LF`/`LH`, or counted from `DA` where a tool leaves those out. Throws BrokenCoverage. */
export function readLcov(text: string): ReadCoverage {
  const files: FileCoverage[] = [];
  let open: { path: string; found: number; hit: number; lines: number; hits: number } | undefined;
  text.split(/\r?\n/).forEach((line, index) => {
    const [, key = "", value = ""] = /^(SF|LF|LH|DA):(.*)$/.exec(line) ?? [];
    if (key === "SF") {
      if (open) throw new BrokenCoverage(`line ${index + 1} begins a file inside another`);
      open = { path: value.trim(), found: -1, hit: -1, lines: 0, hits: 0 };
    } else if (line.trim() === "end_of_record") {
      if (!open) throw new BrokenCoverage(`line ${index + 1} ends a record that never began`);
      files.push(closed(open));
      open = undefined;
    } else if (key !== "" && open) {
      const [first = Number.NaN, second] = value.split(",").map(Number);
      if (!Number.isFinite(first)) throw new BrokenCoverage(`line ${index + 1} has no number`);
      if (key === "LF") open.found = first;
      if (key === "LH") open.hit = first;
      if (key === "DA") {
        open.lines += 1;
        if ((second ?? 0) > 0) open.hits += 1;
      }
    }
  });
  if (open) throw new BrokenCoverage("it is cut off: its last record has no end");
  if (files.length === 0) throw new BrokenCoverage("it has no record");
  return {
    files,
    covered: files.reduce((sum, { covered }) => sum + covered, 0),
    total: files.reduce((sum, { total }) => sum + total, 0),
  };
}

const closed = (record: {
  path: string;
  found: number;
  hit: number;
  lines: number;
  hits: number;
}): FileCoverage => ({
  path: record.path,
  covered: record.hit < 0 ? record.hits : record.hit,
  total: record.found < 0 ? record.lines : record.found,
});
