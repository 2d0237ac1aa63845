import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { linksIn } from "./read-links.ts";
import { anchorOf, sectionsOf } from "./read-markdown.ts";

const UNKNOWN = "neither an artifact nor a document it was made from";
const OUTSIDE = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i;

/**
 * Relative links between the artifacts, and to the documents that the stage worked from, resolve, with their anchors.
 * Links to the outside and to `spec.md` are not followed.
 */
export function checkLinksResolve({ artifacts, documents }: CheckSubject): CheckResult {
  const files = new Map(
    [...Object.entries(documents), ...Object.entries(artifacts)].map(([name, text]) => [
      name,
      { anchors: once(() => anchors(text)) },
    ]),
  );
  const findings = Object.entries(artifacts).flatMap(([name, text]) =>
    linksIn(text).flatMap((target) => {
      if (OUTSIDE.test(target)) return [];
      const [path = "", anchor] = target.replace(/^\.\//, "").split("#");
      const linked = files.get(path === "" ? name : unescaped(path));
      if (!linked)
        return path === "spec.md" ? [] : [`${name} links to ${target}, which is ${UNKNOWN}.`];
      if (anchor === undefined || !/(?:^|\.md)$/i.test(path)) return [];
      if (linked.anchors().has(anchor.toLowerCase())) return [];
      return [`${name} links to ${target}, but there is no such heading.`];
    }),
  );
  return outcome(
    { id: "links-resolve", title: "Links between the artifacts resolve", blocking: true },
    findings,
  );
}

/** `data%20model.md` → `data model.md`. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Read when it is first asked for, then kept. */
function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: read() }).value;
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
