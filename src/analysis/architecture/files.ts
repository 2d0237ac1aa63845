import type { AnalysisInput, RelatedFile } from "../input.ts";
import { KNOWN_FILES, knownFile, type KnownFile } from "../known-files.ts";
import type { Section } from "../model.ts";
import { rowOf, tableOf } from "../phrases.ts";

/** Files listed one by one. */
const LISTED = 200;

interface FilesOfKind {
  readonly known: KnownFile;
  readonly files: readonly RelatedFile[];
}

/** The files that have to do with plans by their kind, in the order of the table of kinds. */
export function filesByKind(files: readonly RelatedFile[]): readonly FilesOfKind[] {
  const byKind = new Map<KnownFile, RelatedFile[]>();
  for (const file of files) {
    const known = knownFile(file.path);
    if (!known) continue;
    const some = byKind.get(known);
    if (some) some.push(file);
    else byKind.set(known, [file]);
  }
  return KNOWN_FILES.flatMap((known) => {
    const some = byKind.get(known);
    return some ? [{ known, files: some }] : [];
  });
}

const SCOPES: Readonly<Record<KnownFile["scope"], string>> = {
  project: "one for all plans",
  plan: "one for each plan",
  fixed: "not written while plans run",
};

const bytesOf = (files: readonly RelatedFile[]): number | null =>
  files.some(({ bytes }) => bytes === undefined)
    ? null
    : files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);

/** Every file with what it does. */
export function fileSections(input: AnalysisInput): readonly Section[] {
  const kinds = filesByKind(input.files);
  return [kindsSection(kinds), listSection(input, kinds)];
}

const kindsSection = (kinds: readonly FilesOfKind[]): Section => ({
  id: "kinds-of-files",
  heading: "Kinds of files",
  blocks: [
    tableOf(
      "Files that have to do with plans, by kind",
      ["Kind", "Of", "#Files", "#Bytes", "Shared", "What it does"],
      kinds.map(({ known, files }) => {
        const cells = [known.id, known.system, files.length, bytesOf(files), SCOPES[known.scope]];
        const [first] = files.map(({ path }) => ({ file: path }));
        return rowOf([...cells, known.purpose], first ? [first] : []);
      }),
      KNOWN_FILES.length,
    ),
  ],
});

function listSection({ plans, files }: AnalysisInput, kinds: readonly FilesOfKind[]): Section {
  const titles = new Map(plans.map(({ file, plan }) => [file, plan.title]));
  const rows = kinds.flatMap(({ known, files: some }) =>
    some.map(({ path, bytes }) => {
      const title = titles.get(path);
      return rowOf(
        [path, known.id, bytes ?? null, title === undefined ? known.purpose : titled(title)],
        [{ file: path }],
      );
    }),
  );
  const elsewhere = plans
    .filter(({ file }) => !knownFile(file))
    .map(({ file, plan }) => {
      const bytes = files.find(({ path }) => path === file)?.bytes;
      return rowOf([file, "plan", bytes ?? null, titled(plan.title)], [{ file }]);
    });
  return {
    id: "plan-related-files",
    heading: "All plan-related files",
    blocks: [
      tableOf(
        "Each file with what it does",
        ["File", "Kind", "#Bytes", "What it does"],
        [...elsewhere, ...rows],
        LISTED,
      ),
    ],
  };
}

const titled = (title: string): string => (title === "" ? "A plan without a title." : title);
