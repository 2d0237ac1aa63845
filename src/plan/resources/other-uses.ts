import type { Task } from "../model.ts";
import type { ResourceUse } from "./model.ts";
import {
  ANY_OF_THEM,
  INSTALLERS,
  INSTALLS,
  MANIFEST,
  ONLY_TALKS,
  OTHER_RESOURCES,
  PORT,
} from "./other-words.ts";
import { pathMentionsIn } from "./path-mentions.ts";

/** Longest text that is looked at. */
const MAX_TEXT = 2_000;

/**
 * What a task contends for besides the files that it names: dependencies and their manifest, the database's schema, ports, the
 * branch. Guessed from its first line; where the task writes another file, a command is mostly what it writes there.
 *
 * @param files what it uses by `usesOfTask`
 */
export function otherUses(task: Task, files: readonly ResourceUse[]): readonly ResourceUse[] {
  if (!ANY_OF_THEM.test(task.text.slice(0, MAX_TEXT))) return [];
  const text = withoutPaths(task.text.slice(0, MAX_TEXT));
  if (ONLY_TALKS.test(text)) return [];
  const writesCode = files.some(
    ({ access, kind, resource }) =>
      access === "write" && kind === "file" && !MANIFEST.test(resource),
  );
  const installers = writesCode ? [] : INSTALLERS.filter(({ command }) => command.test(text));
  const others = OTHER_RESOURCES.filter(({ when }) => when.test(text)).map(
    ({ resource }) => resource,
  );
  const [, port] = (!writesCode && PORT.exec(text)) || [];
  return [
    ...installers.flatMap(({ manifest }) =>
      manifest === undefined ? [] : [inferred(task, manifest, "file")],
    ),
    ...[
      ...(INSTALLS.test(text) || installers.length > 0 ? ["dependencies"] : []),
      ...others,
      ...(port === undefined ? [] : [`port ${port}`]),
    ].map((resource) => inferred(task, resource, "other")),
  ];
}

const inferred = (task: Task, resource: string, kind: "file" | "other"): ResourceUse => ({
  resource,
  kind,
  access: "write",
  sure: false,
  source: "inferred",
  place: task.place,
});

/** The text with a mark where paths are, so that `packages/core` is no package. */
function withoutPaths(text: string): string {
  let out = "";
  let at = 0;
  for (const { offset, end } of pathMentionsIn(text)) {
    if (offset < at) continue;
    out += `${text.slice(at, offset)}~`;
    at = end;
  }
  return out + text.slice(at);
}
