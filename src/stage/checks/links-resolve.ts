import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { anchorOf, sectionsOf, withoutCode } from "./read-markdown.ts";

const LINK = /(?<!\\)\[[^\]\n]{0,500}\]\(\s{0,9}<?([^)\s>]{1,1000})>?[^)\n]{0,500}\)/g;
const OUTSIDE = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i;

/** Relative links between the artifacts, and their anchors, resolve. Links to the outside and to `spec.md` are not followed. */
export function checkLinksResolve({ artifacts }: CheckSubject): CheckResult {
  const findings = Object.entries(artifacts).flatMap(([name, text]) =>
    [
      ...withoutCode(text)
        .replace(/`[^`\n]*`/g, "")
        .matchAll(LINK),
    ].flatMap(([, target = ""]) => {
      if (OUTSIDE.test(target)) return [];
      const [path = "", anchor] = target.replace(/^\.\//, "").split("#");
      const linked = path === "" ? text : artifacts[path];
      if (linked === undefined)
        return path === "spec.md"
          ? []
          : [`${name} links to ${target}, which is not one of the artifacts.`];
      if (anchor === undefined || anchors(linked).has(anchor.toLowerCase())) return [];
      return [`${name} links to ${target}, but there is no such heading.`];
    }),
  );
  return outcome(
    { id: "links-resolve", title: "Links between the artifacts resolve", blocking: true },
    findings,
  );
}

function anchors(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    sectionsOf(text).map(({ title }) => {
      const anchor = anchorOf(title);
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}
