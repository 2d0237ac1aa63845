import { controlCharacters } from "../../core/control-characters.ts";
import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";

/** Most findings of one file; the rest is counted. */
const MOST = 20;

/** No artifact has characters that keep a person from seeing what would be approved (ST-11). */
export function checkControlCharacters({ artifacts }: CheckSubject): CheckResult {
  const findings = Object.entries(artifacts).flatMap(([name, text]) => {
    const found = controlCharacters(text);
    const more = found.length - MOST;
    return [
      ...found
        .slice(0, MOST)
        .map(({ line, codes }) => `${name}:${line} has hidden characters: ${codes.join(", ")}.`),
      ...(more > 0 ? [`${name} has hidden characters on ${more} more lines.`] : []),
    ];
  });
  return outcome(
    { id: "control-characters", title: "No control characters in the artifacts", blocking: true },
    findings,
  );
}
