import { detectTests, READ_FOR_TESTS, type FoundTests } from "../../execution/detect-tests.ts";
import type { ExecutionSettings } from "../../execution/execution-settings.ts";
import type { ProjectTests } from "../../execution/project-tests.ts";
import type { Documents } from "../../ports/documents.ts";
import type { WorkspaceRecipe } from "../../stage/workspace/workspace-settings.ts";

/** No file that says how a project is tested is longer. */
const MAX_BYTES = 2 ** 20;

/**
 * How the project is tested: as configured, else as its files suggest. A command that is only suggested is left out where clones would lack what
 * it needs, as nothing could land then.
 */
export async function projectTests(
  documents: Documents,
  { test }: Pick<ExecutionSettings, "test">,
  recipe: Pick<WorkspaceRecipe, "install">,
): Promise<ProjectTests> {
  if (test.kind === "none") return { kind: "off" };
  if (test.kind === "command") return { kind: "configured", command: test.command };
  const [first, ...others] = detectTests(await rootFiles(documents));
  if (!first) return { kind: "none-found" };
  const found = { ...shown(first), others: others.map(shown) };
  return first.install !== null && recipe.install.length === 0
    ? { kind: "not-installed", ...found, install: first.install }
    : { kind: "found", ...found };
}

const shown = ({ command, from }: FoundTests) => ({ command, from });

async function rootFiles(documents: Documents) {
  const names = new Set(await documents.list("."));
  const read = READ_FOR_TESTS.filter((name) => names.has(name)).map(async (name) => {
    const found = await documents.optional(name, MAX_BYTES);
    return found?.ok ? ([[name, new TextDecoder().decode(found.value.bytes)]] as const) : [];
  });
  return { names, texts: new Map((await Promise.all(read)).flat()) };
}
