import type { StageSpec } from "../stage-spec.ts";

/** The artifact that a stage is about: the first of its contract, empty text when it is missing. */
export function mainArtifact(
  stage: Pick<StageSpec, "artifacts">,
  artifacts: Readonly<Record<string, string>>,
): { readonly name: string; readonly text: string } {
  const name = stage.artifacts[0]?.name ?? "";
  return { name, text: artifacts[name] ?? "" };
}
