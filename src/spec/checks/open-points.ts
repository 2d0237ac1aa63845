import type { Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../core/text.ts";
import { codeSpans, isInside } from "../code-spans.ts";
import { placeOn } from "../../core/markdown/source-lines.ts";
import { finding, type Check, type CheckInput } from "./passage.ts";

const clarifications = ({ spec }: CheckInput): readonly Diagnostic[] =>
  spec.clarifications.map((open) =>
    finding(spec, ["SPEC_OPEN_CLARIFICATION", "warning"], open, [
      `Open question${open.within === undefined ? "" : ` in ${open.within}`}: ${oneLine(open.question, 100) || "nothing is said"}.`,
      "Answer it and put the answer in the marker's place (/speckit.clarify asks and records).",
    ]),
  );

const UNDECIDED =
  /(?<![\p{L}\p{N}_-])(?:TBD|TBC|TODO|FIXME|XXX|\?\?\?|to be (?:determined|defined|decided|confirmed)|à définir|por definir|a definir|noch offen|未定)(?![\p{L}\p{N}_-])/u;

/** What the template says in brackets, before anyone has filled it in. */
const TEMPLATE =
  /\[(?:FEATURE NAME|DATE|###-feature-name|Brief Title|Describe (?:this|how)\b[^\]]*|Explain the value\b[^\]]*|initial state|action|expected outcome|boundary condition|error scenario|specific (?:capability|action|value)\b[^\]]*|key interaction\b[^\]]*|data requirement\b[^\]]*|behavior, e\.g\.[^\]]*|Entity \d+|What it represents\b[^\]]*|(?:Measurable|User satisfaction|Business) metric\b[^\]]*|Assumption about\b[^\]]*|Dependency on existing\b[^\]]*|Add more user stories\b[^\]]*)\]|\$ARGUMENTS/iu;

function inLines({ spec, lines }: CheckInput): readonly Diagnostic[] {
  return lines.flatMap((line) => {
    if (line.kind === "code") return [];
    const spans = codeSpans(line.text);
    const outside = (match: RegExpExecArray | null): number | undefined =>
      match && !isInside(spans, match.index) ? match.index : undefined;
    const template = TEMPLATE.exec(line.text);
    const undecided = UNDECIDED.exec(line.text);
    const place = (offset: number) => placeOn(line, offset);
    const filled = template?.[0] === "[DATE]" || /FEATURE NAME/i.test(template?.[0] ?? "");
    if (template && (filled || outside(template) !== undefined || template[0].startsWith("[###")))
      return [
        finding(spec, ["SPEC_TEMPLATE_TEXT", "warning"], place(template.index), [
          `Text of the template is still there: ${oneLine(template[0], 60)}.`,
          "Replace it with what is meant, or delete it.",
        ]),
      ];
    const at = outside(undecided);
    if (at === undefined || line.text.includes("NEEDS CLARIFICATION")) return [];
    return [
      finding(spec, ["SPEC_UNDECIDED", "warning"], place(at), [
        `Undecided: "${oneLine(undecided?.[0] ?? "", 30)}".`,
        "Decide it, or mark it as [NEEDS CLARIFICATION: the question].",
      ]),
    ];
  });
}

/** The template as it comes: nothing in it is a requirement. */
function emptyTemplate({ spec }: CheckInput): readonly Diagnostic[] {
  if (!/\[FEATURE NAME\]/i.test(spec.title)) return [];
  return [
    finding(spec, ["SPEC_EMPTY_TEMPLATE", "error"], { line: 1, column: 1 }, [
      "This is the template, not a specification: it still has no name.",
      "Fill it in first, for example with /speckit.specify.",
    ]),
  ];
}

function reminders({ spec, text }: CheckInput): readonly Diagnostic[] {
  const at = text.indexOf("ACTION REQUIRED");
  if (at < 0 || !/<!--/.test(text.slice(Math.max(0, at - 40), at))) return [];
  const line = text.slice(0, at).split(/\r\n|\n|\r/).length;
  return [
    finding(spec, ["SPEC_TEMPLATE_TEXT", "info"], { line, column: 1 }, [
      "A comment of the template (ACTION REQUIRED) is still in the file.",
      "Delete it once the section is filled in.",
    ]),
  ];
}

/** What nobody has decided yet: clarification markers, TBD and its like, unfilled template text. */
export const checkOpenPoints: Check = (input) => [
  ...clarifications(input),
  ...inLines(input),
  ...emptyTemplate(input),
  ...reminders(input),
];
