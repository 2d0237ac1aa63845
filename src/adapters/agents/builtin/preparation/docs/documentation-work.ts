import type { ProposedWork } from "../../../../../stage/contracts/preparation.ts";
import type { Basis } from "../basis.ts";
import { WORK } from "../work-ids.ts";
import type { Document } from "./document.ts";

/** Each document when what it tells is built, and what is replaced before anybody has to move. */
export function documentationWork(
  documents: readonly Document[],
  migration: readonly string[],
  { around, spec }: Basis,
): ProposedWork[] {
  const demands = new Set(around.demands.map(({ id }) => id));
  const stories = spec.stories.map(({ id }) => id);
  const written = documents.map(({ name, requirements }): ProposedWork => ({
    id: WORK.document(name),
    title: `Write the ${name.charAt(0).toLowerCase()}${name.slice(1)} and let one of its readers follow it`,
    builds: name,
    requirements: requirements.length > 0 ? [...requirements] : stories,
    depends_on: requirements.filter((id) => demands.has(id)).map(WORK.demand),
    phase: "quality",
  }));
  if (migration.length === 0) return written;
  return [
    ...written,
    {
      id: WORK.migration,
      title: "Settle how people and records move over from what is there today, and write it down",
      builds: "migration",
      requirements: stories,
      depends_on: [WORK.structure],
      phase: "quality",
    },
  ];
}
