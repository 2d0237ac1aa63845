import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { sectionsOf, titleKey, withoutCode } from "./read-markdown.ts";

/** Every required artifact is there, with each section of its contract and text under it (ST-09). */
export function checkArtifactSections({ artifacts, stage }: CheckSubject): CheckResult {
  const findings = stage.artifacts.flatMap(({ name, required, sections }) => {
    const text = artifacts[name];
    if (text === undefined || text.trim() === "")
      return required ? [`${name} is required and missing or empty.`] : [];
    const found = new Map(
      sectionsOf(text).map((section) => [titleKey(section.title), section.body]),
    );
    return sections.flatMap((title) => {
      const body = found.get(titleKey(title));
      if (body === undefined) return [`${name} has no section "${title}".`];
      return hasText(body) ? [] : [`${name}: the section "${title}" is empty.`];
    });
  });
  return outcome(
    {
      id: "artifact-sections",
      title: "Every artifact has the sections of its contract, with text",
      blocking: true,
    },
    findings,
  );
}

const hasText = (body: string): boolean =>
  withoutCode(body)
    .split("\n")
    .some((line) => !/^(?:#|[\s:|-]*$)/.test(line.trim())) || body.includes("```");
