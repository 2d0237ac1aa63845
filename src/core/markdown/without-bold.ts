/**
 * `**words**` and `__words__`, opened before and closed behind a word. In CommonMark `src/__tests__/a.ts` is bold, too; who writes
 * a plan means the path.
 */
const BOLD =
  /(?<![\p{L}\p{N}_/\\*.@-])(\*\*|__)(?=[^\s/*])([^\n]{1,400}?)(?<=\S)\1(?![\p{L}\p{N}_/\\*]|\.\p{L})/gu;

/** A folder or a name of Python: `__tests__`, `__init__`. */
const NAME = /^[a-z][a-z0-9_]{0,60}$/;

/** The beginning of bold words that go on beyond the end of the text, and the end of some that began before. */
const HALF =
  /^\s{0,8}\*\*(?=[\p{L}\p{N}])(?![^*]{0,400}\*)|(?<=[\p{L}\p{N}:.)])\*\*(?=:?\s{0,8}$)/gu;

/** A text without the marks of bold, which only a page renders. Paths, globs and code spans keep all of theirs. */
export function withoutBold(text: string): string {
  if (!text.includes("**") && !text.includes("__")) return text;
  return withoutHalves(
    keepingCode(text, (part) =>
      part.replace(BOLD, (whole, mark: string, words: string) =>
        mark === "__" && NAME.test(words) ? whole : words,
      ),
    ),
  );
}

const withoutHalves = (text: string): string =>
  (text.split("**").length - 1) % 2 === 0
    ? text
    : keepingCode(text, (part) => part.replace(HALF, ""));

const CODE = /`[^`\n]{1,400}`/g;

/** Change a text with its code spans covered by characters that stand for themselves in words. */
function keepingCode(text: string, change: (covered: string) => string): string {
  const spans: string[] = [];
  const covered = text.replace(CODE, (span) => `\uE000${spans.push(span) - 1}\uE001`);
  return change(covered).replace(
    /\uE000(\d{1,9})\uE001/g,
    (whole, index: string) => spans[Number(index)] ?? whole,
  );
}
