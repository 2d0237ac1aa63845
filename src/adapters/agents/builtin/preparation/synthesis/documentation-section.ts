import { blocks, bullets, inline, sentence } from "../../synthesis/markdown.ts";
import { idRuns } from "../../synthesis/compact-lists.ts";
import type { ImplementationModel } from "./implementation-model.ts";

/** `## Documentation plan`: each document with its reader, sections and examples, then what a move asks. */
export function documentationSection({ facts }: ImplementationModel): string {
  const docs = facts.docs;
  if (!docs)
    return blocks(
      "## Documentation plan",
      `There is no documentation plan (${inline(facts.missing.find(({ part }) => part === "docs")?.reason ?? "not delivered")}).`,
    );
  return blocks(
    "## Documentation plan",
    ...docs.documents.map(({ name, audience, purpose, sections, examples, requirements }) =>
      blocks(
        `### ${inline(name)}`,
        `For ${inline(audience)}: ${sentence(inline(purpose))}${requirements.length > 0 ? ` (${inline(idRuns(requirements))})` : ""}`,
        sections.length > 0 && bullets(sections.map((text) => inline(text))),
        examples.length > 0 &&
          blocks("Worked examples:", bullets(examples.map((text) => sentence(inline(text))))),
      ),
    ),
    blocks(
      "### Moving over from what is there today",
      docs.migration.length > 0
        ? blocks(
            "The specification speaks of something that is there already:",
            bullets(docs.migration.map((text) => inline(text))),
            "What happens with it on the day of the change has to be settled by the task on it, and told to its readers.",
          )
        : "Neither specification nor plan speaks of something that is replaced.",
    ),
  );
}
