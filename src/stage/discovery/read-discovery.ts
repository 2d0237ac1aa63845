/** A question of discovery.md, with what a person wrote behind it. */
export interface AskedQuestion {
  readonly id: string;
  readonly question: string;
  readonly decides: string | undefined;
  readonly options: readonly string[];
  readonly recommended: string | undefined;
  /** Undefined while it is open. */
  readonly answer: string | undefined;
}

/** `how FR-003 is built (FR-003, FR-004, line 24)`: what a question is about, from the end of what it decides. */
export function aboutIn(decides = ""): {
  readonly ids: readonly string[];
  readonly line: number | undefined;
} {
  const parts = (/\(([^()]*)\)$/.exec(decides)?.[1] ?? "").split(", ");
  const lines = parts.flatMap((part) => /^line (\d+)$/.exec(part)?.[1] ?? []);
  return {
    ids: parts.filter((part) => part !== "" && !part.startsWith("line ")),
    line: lines[0] === undefined ? undefined : Number(lines[0]),
  };
}

const HEADING = /^### (Q\d{1,3})\. (.+)$/;
const FIELD = /^- \*\*(Decides|Options|Recommended|Answer):\*\* ?(.*)$/;
export const OPEN = "open";

/** The questions of a discovery document in its own form; other text is passed over. */
export function readDiscovery(text: string | undefined): readonly AskedQuestion[] {
  const questions: {
    readonly id: string;
    readonly question: string;
    fields: Map<string, string>;
  }[] = [];
  for (const line of (text ?? "").split(/\r?\n/)) {
    const heading = HEADING.exec(line);
    const field = FIELD.exec(line);
    if (heading)
      questions.push({ id: heading[1] ?? "", question: heading[2] ?? "", fields: new Map() });
    else if (field) questions.at(-1)?.fields.set(field[1] ?? "", (field[2] ?? "").trim());
  }
  return questions.map(({ id, question, fields }) => {
    const said = (name: string) => fields.get(name) || undefined;
    const answer = said("Answer");
    return {
      id,
      question,
      decides: said("Decides"),
      options: said("Options")?.split("; ") ?? [],
      recommended: recommendedIn(said("Recommended")),
      answer: answer?.toLowerCase() === OPEN ? undefined : answer,
    };
  });
}

/** `nothing: the text gives no basis` recommends nothing. */
const recommendedIn = (text: string | undefined): string | undefined =>
  /^(?:nothing|none)\s*(?::|$)/i.test(text ?? "") ? undefined : text;
