import { withoutCode } from "../../../../stage/checks/read-markdown.ts";
import { unescaped } from "./read-tables.ts";

/** A conflict that the plan's review left to people and that stands undecided in the approved plan. */
export interface UndecidedConflict {
  readonly id: string;
  readonly topic: string;
  /** Critical or high: what is built on it may have to be built again. */
  readonly grave: boolean;
  /** The statements that disagree, each with who said it. */
  readonly statements: readonly string[];
}

const TITLE =
  /^\s*(?:#+\s+)?\*{0,2}(C-\d{1,4})\s*[:—–-]\s*(.{1,400}?)\*{0,2}\s*\((low|medium|high|critical), escalated\)\s*$/i;

/** `**C-1: topic** (high, escalated)` with the list below it, as plan.md writes it. */
export function undecidedIn(plan: string): readonly UndecidedConflict[] {
  const lines = withoutCode(plan).split("\n");
  return lines.flatMap((line, at) => {
    const [, id, topic, severity = ""] = TITLE.exec(line) ?? [];
    if (id === undefined || topic === undefined) return [];
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((one) => one.trim() !== "" && !/^\s*[-*]\s/.test(one));
    const statements = rest
      .slice(0, end < 0 ? undefined : end)
      .flatMap((one) => /^\s*[-*]\s+(.+)$/.exec(one)?.[1] ?? [])
      .filter((one) => !/^not settled:/i.test(one))
      .map(unescaped);
    const grave = /^(?:high|critical)$/i.test(severity);
    return [{ id: id.toUpperCase(), topic: unescaped(topic), grave, statements }];
  });
}
