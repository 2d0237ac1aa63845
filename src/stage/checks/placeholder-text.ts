import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { withoutCode } from "./read-markdown.ts";

/** What templates and unfinished drafts leave behind. */
const MARKS: readonly RegExp[] = [
  /\b(?:TODO|TBD|FIXME|XXX)\b/,
  /\blorem ipsum\b/i,
  /\{\{\s*[\w.]+\s*\}\}/,
  /(?<!\\)\[(?:\.\.\.|…|[A-Z][A-Z _-]{2,}(?::[^\]]{0,300})?|(?:Insert|Your|Add|Describe|Fill)\b[^\]]{0,300}|e\.g\.[^\]]{0,300})\](?!\()/,
  /<(?:placeholder|your-[\w-]+|insert[\w -]*)>/i,
];

const QUOTED = /`[^`]{0,1000}`|"[^"]{0,1000}"|“[^”]{0,1000}”/g;

/** No artifact carries placeholder text. Quotes, code and what the spec itself says (a to-do app says so) do not count. */
export function checkPlaceholderText({ spec, artifacts }: CheckSubject): CheckResult {
  const specText = JSON.stringify(spec);
  const findings = Object.entries(artifacts).flatMap(([name, text]) =>
    withoutCode(text)
      .split("\n")
      .flatMap((line, index) => {
        const own = line.replace(QUOTED, "");
        const mark = line.startsWith(">")
          ? undefined
          : MARKS.map((re) => re.exec(own)?.[0]).find(Boolean);
        return mark && !specText.includes(mark)
          ? [`${name}:${index + 1} has placeholder text: ${mark}`]
          : [];
      }),
  );
  return outcome(
    { id: "placeholder-text", title: "No placeholder text", blocking: true },
    findings,
  );
}
