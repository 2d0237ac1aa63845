import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { withoutCode } from "./read-markdown.ts";

/** Most findings of one file; the rest is counted. */
const MOST = 20;

/**
 * What acts, or tells others something, when a document is merely shown or a link in it is followed: programs in it, links that run something,
 * pictures and styles from elsewhere (asking for one tells its server what its address says).
 */
const ACTING: readonly (readonly [pattern: RegExp, what: string])[] = [
  [
    /(?:\]\(|\]:|<|\b(?:href|src|action)\s{0,5}=)\s{0,5}["'<]?\s{0,5}(?:javascript|vbscript|data|file|command|vscode|ms-[a-z]{1,20}):/i,
    "a link that runs or reads something where it is followed",
  ],
  [/!\[[^\]\n]{0,300}\]\(\s{0,5}<?(?:https?:)?\/\//i, "a picture from elsewhere"],
  [
    /<(?:script|iframe|object|embed|applet|form|base|link|meta\s[^>\n]{0,100}http-equiv\s{0,5}=\s{0,5}["']?refresh)\b/i,
    "an element that acts",
  ],
  [/<[a-z][^>\n]{0,300}\son[a-z]{3,20}\s{0,5}=/i, "an element that acts"],
  [
    /<(?:img|audio|video|source|image|use|input)\s[^>\n]{0,300}(?:src|href|srcset)\s{0,5}=\s{0,5}["']?(?:https?:)?\/\//i,
    "something that is loaded from elsewhere",
  ],
  [/(?:@import|url\()\s{0,5}["']?(?:https?:)?\/\//i, "something that is loaded from elsewhere"],
];

/** An escaped character, or a span of code on one line: its backticks are as many at the end as at the beginning. */
const ESCAPE_OR_CODE = /\\[^\n]|(?<!`)(`{1,10})(?!`)[^\n]{0,500}?(?<!`)\1(?!`)/g;

/** No artifact does anything when a person opens it (ST-11). Code in Markdown is shown, so it is left. */
export function checkInertMarkup({ artifacts }: CheckSubject): CheckResult {
  const findings = Object.entries(artifacts).flatMap(([name, text]) => {
    const read = name.endsWith(".html") ? text : withoutCode(text).replace(ESCAPE_OR_CODE, "");
    const found = read
      .split("\n")
      .flatMap((line, index) =>
        [...new Set(ACTING.filter(([pattern]) => pattern.test(line)).map(([, what]) => what))].map(
          (what) => `${name}:${index + 1} has ${what}.`,
        ),
      );
    const more = found.length - MOST;
    return [
      ...found.slice(0, MOST),
      ...(more > 0 ? [`${name} has ${more} more of such places.`] : []),
    ];
  });
  return outcome(
    { id: "inert-markup", title: "Nothing in the artifacts acts when it is shown", blocking: true },
    findings,
  );
}
