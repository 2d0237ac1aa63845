import { idsIn } from "../../../../stage/checks/ids.ts";
import { sectionsOf, withoutCode } from "../../../../stage/checks/read-markdown.ts";
import { readPlan, type PlanText } from "../../../../stage/checks/read-plan.ts";
import { undecidedIn, type UndecidedConflict } from "./undecided-conflicts.ts";
import { cellAt, columnOf, tablesOf, unescaped, type MarkdownTable } from "./read-tables.ts";

/** A part of the system as the approved plan names it. */
export interface PlanComponent {
  readonly name: string;
  readonly responsibility: string;
  readonly entities: readonly string[];
  readonly requirements: readonly string[];
  /** Names of components that the plan's diagram lets it need. */
  readonly needs: readonly string[];
}

export interface PlanRisk {
  readonly id: string;
  readonly description: string;
  readonly score: string;
  readonly mitigation: string;
  readonly owner: string;
}

/** A choice that the plan shows; `chosen` is empty while it is open. */
export interface PlanDecision {
  readonly topic: string;
  readonly options: readonly string[];
  readonly chosen: string;
}

/** What preparation needs of an approved plan.md, whoever wrote it. What is not found is empty; nothing throws. */
export interface ApprovedPlan {
  readonly components: readonly PlanComponent[];
  readonly risks: readonly PlanRisk[];
  readonly decisions: readonly PlanDecision[];
  /** Things outside that the plan lists as dependencies, as `name` and what it says of them. */
  readonly outside: readonly { readonly name: string; readonly text: string }[];
  readonly questions: readonly string[];
  /** Conflicts of its review that were left to people, and nobody decided. */
  readonly undecided: readonly UndecidedConflict[];
  readonly work: PlanText;
}

/** @param own ids of the specification, found whatever family they are of */
export function readApprovedPlan(text: string, own: ReadonlySet<string>): ApprovedPlan {
  const tables = tablesOf(text);
  const edges = edgesOf(text);
  const found = componentTable(tables, own);
  const components = found.length > 0 ? found : componentList(text, own);
  return {
    components: components.map((one) => ({
      ...one,
      needs: edges
        .filter(({ from }) => from === one.name)
        .map(({ to }) => to)
        .filter((name) => components.some((other) => other.name === name)),
    })),
    risks: tables.flatMap(risksOf),
    decisions: decisionsOf(text),
    outside: bulletsUnder(
      text,
      /\b(?:outside|external|third[- ]part|integration points?)\b/i,
    ).flatMap(named),
    questions: bulletsUnder(text, /\bopen questions?\b/i).filter(
      (line) => !/^(?:Requirements|Design|Risks|Effort):/.test(line),
    ),
    undecided: undecidedIn(text),
    work: readPlan(text, own),
  };
}

type Found = Omit<PlanComponent, "needs">;

const COMPONENT = /^(?:components?|modules?|parts?|services?|subsystems?|building blocks?)$/i;

function componentTable(
  tables: readonly MarkdownTable[],
  own: ReadonlySet<string>,
): readonly Found[] {
  for (const table of tables) {
    const name = columnOf(table, COMPONENT);
    const tells = columnOf(table, /responsib|purpose|does|description|role/i);
    if (name < 0 || tells < 0) continue;
    const owns = columnOf(table, /owns|entit|data/i);
    const ids = columnOf(table, /requirement|covers|\bids?\b|\bfr\b/i);
    const rows = table.rows.filter((row) => cellAt(row, name) !== "");
    if (rows.length > 0)
      return distinct(
        rows.map((row) => ({
          name: cellAt(row, name),
          responsibility: cellAt(row, tells),
          entities: cellAt(row, owns)
            .split(/,\s*/)
            .map((one) => one.replace(/\s*\(by review\)$/, ""))
            .filter(Boolean),
          requirements: idsIn(ids < 0 ? row.join(" ") : cellAt(row, ids), own),
        })),
      );
  }
  return [];
}

/** `- **Name**: what it does (FR-001)` under a heading about components. */
const componentList = (text: string, own: ReadonlySet<string>): readonly Found[] =>
  distinct(
    bulletsUnder(text, /^(?:the )?(?:components?|modules?|building blocks|system parts?)\b/i)
      .flatMap(named)
      .map(({ name, text: told }) => ({
        name,
        responsibility: told,
        entities: [],
        requirements: idsIn(told, own),
      })),
  );

const distinct = (found: readonly Found[]): readonly Found[] =>
  [...new Map(found.toReversed().map((one) => [one.name, one])).values()].toReversed();

const BULLET = /^\s{0,3}[-*]\s+(?!\[)(.+)$/;

/** Top-level list items, as plain text, in the innermost sections whose titles match. */
function bulletsUnder(text: string, title: RegExp): readonly string[] {
  const section = sectionsOf(text).find((one) => title.test(unescaped(one.title)));
  return withoutCode(section?.body ?? "")
    .split("\n")
    .flatMap((line) => BULLET.exec(line)?.[1] ?? [])
    .map(unescaped);
}

/** `Stripe: takes the payments`, `Stripe — takes the payments`, `Stripe (FR-009): …`. */
function named(line: string): readonly { readonly name: string; readonly text: string }[] {
  const [, name, text] =
    /^([^:—–]{2,60}?)\s*(?:\([^()]{0,80}\))?\s*(?::|—|–|\s-)\s+(.+)$/s.exec(line) ?? [];
  return name !== undefined && text !== undefined ? [{ name, text }] : [];
}

function risksOf(table: MarkdownTable): readonly PlanRisk[] {
  const column = (pattern: RegExp): number => columnOf(table, pattern);
  const description = column(/^risk$|description|what/i);
  const mitigation = column(/mitigat|answer|response/i);
  if (description < 0 || mitigation < 0) return [];
  return table.rows.flatMap((row) => {
    const id = row.flatMap((cell) => idsIn(cell)).find((one) => one.startsWith("R-"));
    if (id === undefined) return [];
    return [
      {
        id,
        description: cellAt(row, description),
        score: cellAt(row, column(/score|severity|rating/i)),
        mitigation: cellAt(row, mitigation),
        owner: cellAt(row, column(/owner|who/i)),
      },
    ];
  });
}

/** A bold line or heading before a table with an Option column is what the choice is about. */
function decisionsOf(text: string): readonly PlanDecision[] {
  const lines = withoutCode(text).split("\n");
  return lines.flatMap((line, at) => {
    if (!/^\s*\|\s*\**(?:Option|Alternative)s?\**\s*\|/i.test(line)) return [];
    const above = lines.slice(0, at).findLast((one) => one.trim() !== "") ?? "";
    const rest = lines.slice(at);
    const end = rest.findIndex((row) => row.trim() === "");
    const [table] = tablesOf(rest.slice(0, end < 0 ? undefined : end).join("\n"));
    if (!table) return [];
    const decision = columnOf(table, /decision|status|chosen/i);
    const chosen = table.rows.find((row) =>
      /^(?:chosen|yes|selected|✓|x)$/i.test(cellAt(row, decision)),
    );
    return [
      {
        topic: unescaped(above.replace(/^#+\s*/, "")).replace(/\s*\(open: [^()]*\)\s*$/, ""),
        options: table.rows.map((row) => cellAt(row, 0)).filter(Boolean),
        chosen: chosen ? cellAt(chosen, 0) : "",
      },
    ];
  });
}

const NODE = /(?:^|\s)(\w+)\s*(?:\(\[|\[\(|\[|\(|\{)\s*"?([^"\])}]+?)"?\s*(?:\]\)|\)\]|\]|\)|\})/g;

/** Edges of the plan's flowcharts between named nodes: an arrow means that the first needs the second. */
function edgesOf(text: string): readonly { readonly from: string; readonly to: string }[] {
  const charts = [...text.matchAll(/```mermaid\s+(?:flowchart|graph)\b([\s\S]*?)```/g)];
  return charts.flatMap(([, body = ""]) => {
    const lines = body.slice(0, 20_000).split("\n");
    const names = new Map(
      lines.flatMap((line) =>
        [...line.matchAll(NODE)].map(([, id = "", name = ""]) => [id, labelText(name)] as const),
      ),
    );
    return lines.flatMap((line) => {
      const [, from = "", to = ""] =
        /^\s*(\w+)\b[^-=]*(?:-->|==>|-\.->)\s*(?:\|[^|]*\|\s*)?(\w+)/.exec(line) ?? [];
      const [user, needed] = [names.get(from), names.get(to)];
      return user !== undefined && needed !== undefined ? [{ from: user, to: needed }] : [];
    });
  });
}

const labelText = (label: string): string =>
  label
    .replace(/#(\d{1,6});/g, (_, code: string) =>
      String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    )
    .trim();
