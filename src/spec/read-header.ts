import type { Block } from "./blocks.ts";
import { tidy } from "../core/markdown/folded.ts";
import { plain } from "./section-kinds.ts";
import type { SourceLine } from "../core/markdown/source-lines.ts";

/** What the lines above a spec's first section say about it. */
export interface Header {
  readonly title: string;
  readonly branch: string | undefined;
  readonly created: string | undefined;
  readonly status: string | undefined;
  readonly input: string | undefined;
}

const LABELS: readonly (readonly [keyof Header, RegExp])[] = [
  ["branch", /branch|branche|rama\b|ramo\b|ветка|ブランチ|分支|브랜치/],
  [
    "created",
    /^(?:created|date|creation date|cree|date de creation|creado|fecha|criado|data|creato|erstellt|datum|создано|дата|作成日|创建|日期|생성일)/,
  ],
  ["status", /^(?:status|statut|estado|stato|статус|ステータス|状態|状态|상태)/],
  [
    "input",
    /^(?:input|entree|entrada|eingabe|ввод|入力|输入|입력|user description|original (?:request|description))/,
  ],
];

const FIELD =
  /^(?:>\s*|[-*]\s+)?(?:\*\*|__)?([\p{L}][\p{L} ]{1,40})\s*(?:(?:\*\*|__)\s*[:：]|[:：]\s*(?:\*\*|__)|[:：])\s*(.*)$/u;
const TITLE =
  /^(?:feature |functional |product |software )?(?:spec(?:ification)?|requirements)(?:\s+\d{1,4})?\s*[:：–—-]\s*|^(?:spécification|especificación|especificação|spezifikation|specifica)[^:：–—]{0,40}[:：–—]\s*|^(?:機能仕様書?|功能规格|功能规范|기능 ?명세서?)\s*[:：–—-]\s*/iu;

const valueOf = (text: string): string =>
  tidy(text)
    .replace(/^`([^`]*)`$/, "$1")
    .trim();

/** `User description: "…"` without its label and quotes. */
const inputOf = (text: string): string => {
  const said = tidy(text).replace(/^(?:user description|description)\s*[:：]\s*/i, "");
  return said.replace(/^["“«]\s*([\s\S]*?)\s*["”»]$/, "$1");
};

/** The fields of the header, from the lines before the first section. A field's text may go on over several lines. */
export function readHeader(blocks: readonly Block[], lines: readonly SourceLine[]): Header {
  const fields = new Map<keyof Header, string[]>();
  let open: string[] | undefined;
  let titled = 0;
  for (const line of lines) {
    if (line.kind === "code") continue;
    const text = line.text.trim();
    const heading = /^#{1,6}(?=\s)/.exec(text);
    if (heading && (heading[0].length > 1 || ++titled > 1)) break;
    if (heading || text === "" || /^[-=*_]{3,}$/.test(text)) {
      open = undefined;
      continue;
    }
    const field = FIELD.exec(text.slice(0, 8_000));
    const key = field && LABELS.find(([, pattern]) => pattern.test(plain(field[1] ?? "")))?.[0];
    if (field) {
      open = key && !fields.has(key) ? [field[2] ?? ""] : undefined;
      if (key && open) fields.set(key, open);
    } else open?.push(text.replace(/^>\s*/, ""));
  }
  const value = (key: keyof Header): string | undefined => {
    const text = valueOf((fields.get(key) ?? []).join(" "));
    return text === "" ? undefined : text;
  };
  const input = value("input");
  return {
    title: titleOf(blocks),
    branch: value("branch"),
    created: value("created"),
    status: value("status"),
    input: input === undefined ? undefined : inputOf(input),
  };
}

function titleOf(blocks: readonly Block[]): string {
  const first = blocks.find((block) => block.kind === "heading" && block.level === 1);
  if (first?.kind !== "heading") return "";
  const text = tidy(first.body.text.replace(/\*\*|__/g, ""));
  const bare = text.replace(TITLE, "").trim();
  return bare === "" ? text : bare;
}
