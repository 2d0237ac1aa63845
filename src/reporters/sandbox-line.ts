import type { RunEvent } from "../core/event.ts";
import { oneLine } from "../core/text.ts";
import { composeLine, wrapText, type Style } from "./style.ts";

export type SandboxChecked = Extract<RunEvent, { readonly type: "sandbox-checked" }>;

/** Where programs of some agents run, in words that nobody reads over where there is no sandbox. */
export function sandboxText({ agents, mode, by, reason }: SandboxChecked): string {
  const names = oneLine(agents.join(", "), 200);
  if (by !== null) return `${names} in a sandbox (${oneLine(by, 60)})`;
  if (mode === "off") return `${names} without a sandbox, as configured`;
  return `${names} WITHOUT a sandbox: ${oneLine(reason ?? "unknown", 300)}`;
}

const INDENT = 11;

/** Where the agents of a run ran, stage by stage as far as it differs. */
export function sandboxLines(events: readonly SandboxChecked[], style: Style): string[] {
  const texts = new Map(events.map((event) => [sandboxText(event), event]));
  const room = Math.max(20, style.width - INDENT - 2);
  return [...texts]
    .flatMap(([text, { reason }]) =>
      wrapText(text, room).map(
        (line) => ({ text: line, tone: reason === null ? "plain" : "warn" }) as const,
      ),
    )
    .map((line, at) =>
      composeLine(style, [
        { text: at === 0 ? "sandbox" : "", columns: INDENT, tone: "quiet" },
        line,
      ]).trimEnd(),
    );
}
