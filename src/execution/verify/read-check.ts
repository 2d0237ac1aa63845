import { SUCCESS, type Expectation } from "../expectation.ts";
import { cutAtCode } from "./code-spans.ts";
import { looksLikeCommand, type CodeKind } from "./looks-like-command.ts";
import { countsLines, readVerdict, type Verdict } from "./read-verdict.ts";

/** A command that shows something, and what it must show. */
export interface CheckCommand {
  /** For `sh`. */
  readonly command: string;
  readonly expects: Expectation;
}

const SEARCHES = /^(?:git )?(?:grep|egrep|fgrep|rg|ag|find)\s/;
const NONE_OF = /(?:^|[\s(*])(?:no|zero|0|none|not? any|aucune?)\s[^.;]{0,200}[:(—–]\s*$/i;

/** A search that is to show that there is none of something must find nothing. */
function expectedOf(verdict: Verdict | undefined, command: string, before: string): Expectation {
  const expects = verdict?.expects ?? SUCCESS;
  const isNone = expects.kind === "success" && SEARCHES.test(command) && NONE_OF.test(before);
  if (!isNone) return expects;
  return countsLines(command) ? { kind: "number", is: "==", value: 0 } : { kind: "empty" };
}

/** What one sentence asks for. */
export interface ReadCheck {
  readonly commands: readonly CheckCommand[];
  /** Whether something is left that no command shows: prose, for somebody to judge. */
  readonly judged: boolean;
}

/** Longer ones are read no further: nobody writes a check so. */
const MAX_TEXT = 2_000;

/** How a sentence asks for what stands behind it. Each ends where the code marks begin. */
const ASKS =
  /(?:^|[\s(:;,.—–*[/-])(?:(?:re-?)?run(?:s|ning)?|execut(?:e|es|ing)|verif(?:y|ies|ied)|check(?:s|ed)?|test(?:s|ed)?|confirm(?:s|ed)?|ensure|command|lancer|lance|exécuter|vérifier)\s*(?:that\s+|with\s+|by running\s+|using\s+|via\s+)?:?\s*$/i;
const BY =
  /(?:^|[\s(])(?:via|by|by running|using|with|through|run|runs|running|and run|then run)\s*$/i;
/** Where a program that is not known is run, too. */
const RUNS =
  /(?:^|[\s(:;,.—–*])(?:re-?)?(?:run|runs|running|execute|executes|lancer|exécuter):?\s*$/i;
/** `Run the full backend suite` and what it is. */
const RUNS_SOME = /(?:^|[\s(:;,.—–*])(?:re-?)?run (?:[\w-]+ ){1,4}$/i;
const IF = /\b(?:when|if|unless|until|because|although|since|whenever|before|after|wenn|si)\s*$/i;
/** Only between two commands: what is said behind the last one is said of both. */
const JOINS =
  /^[\s,;/&+→>-]*(?:\([^()]{0,80}\)[\s,]*)?(?:(?:and|et|then|puis|plus|or)\b)?(?: (?:then|also|run))?[\s,:]*$/i;
/** What follows is another matter: the command as it stands is not what is meant. */
const TURNS =
  /^\s*(?:on|in|against|from|with|for|when|if|at|inside|over|under|per|as|of|to|instead|before|until|unless|sur|dans|avec)\b/i;
/** Neither is a command that lacks something. */
const LACKS = /^\s*without (?!(?:[\w-]+ ){0,3}(?:errors?|failures?|warnings?|issues?)\b)/i;
const SAYS =
  /^\s*(?:should |must |will |shall )?(?:returns?|prints?|outputs?|shows?|contains?|includes?|reports?|displays?|gives?)\s*$/i;
const ROOT =
  /^\s*(?:\(?from|\(?at|\(?in) (?:the )?(?:repo(?:sitory)?|project|workspace|monorepo)(?:'s)?(?: root)?\)?/i;
const FOLDER = /^(?:\.\/)?[\w@.-]+(?:\/[\w@.-]+)*\/?$/;
const MORE_THAN_PASSING =
  /[≥≤<>%]|\b(?:at least|at most|less than|more than|under|over|within|below|above)\b/i;

/** Words that say nothing besides that commands pass. */
const EMPTY_WORDS = new Set(
  "a again all also an and any are at backend be both by check checks clean cleanly command commands complete confirm confirms correctly does each end ensure entire error errors everything execute exit failures final frontend from full green have in integration is it its lint linter linting manually must next no of off ok on once only output pass passed passes passing project remain remains repo repository root run running runs shall should so still succeed succeeds successfully suite suites test tests that the then they this to type typecheck types typescript unit verify verified verifies via we whole will with without work working works workspace yes zero build builds compile compiles compiled code eslint et tous toutes les le la passent passe".split(
    " ",
  ),
);

/**
 * Tell the commands of a sentence that checks something from its prose. Only what looks like a command and is asked for is one: names, paths
 * and code in a sentence are not run. What a command must show is read from the words behind it.
 */
export function readCheck(sentence: string): ReadCheck {
  const text = sentence.slice(0, MAX_TEXT).replaceAll("**", "");
  const { prose, code } = cutAtCode(text);
  const reading = new Reading(prose, code);
  // What comes after it is about what an agent's command did.
  if (reading.looks.some(({ kind }) => kind === "agent")) return { commands: [], judged: true };
  const commands = code.flatMap((_, index) => reading.commandAt(index) ?? []);
  return {
    commands: withoutBeginnings(commands),
    judged: commands.length === 0 || reading.leftOver(commands.length),
  };
}

/** `` `bun build` works: `bun build src/a.ts` ``: the first only names the second. */
const withoutBeginnings = (commands: readonly CheckCommand[]): readonly CheckCommand[] =>
  commands.filter(
    ({ command }) => !commands.some((other) => other.command.startsWith(`${command} `)),
  );

const OTHER: CodeKind = { kind: "other" };

class Reading {
  readonly #prose: readonly string[];
  readonly #code: readonly string[];
  /** What stands in each code mark. */
  readonly looks: readonly CodeKind[];
  /** Of each piece of prose, how much its beginning is said of the command before it, and its end of that behind it. */
  readonly #said = new Map<number, number>();
  readonly #asked = new Map<number, number>();
  readonly #taken = new Set<number>();
  /** Code marks that are part of what is said of a command: folders, texts to be printed. */
  readonly #places = new Set<number>();
  /** How much of a piece of prose says that it runs in the project's folder. */
  readonly #roots = new Map<number, number>();
  #unclear = false;

  constructor(prose: readonly string[], code: readonly string[]) {
    this.#prose = prose;
    this.#code = code;
    this.looks = code.map(looksLikeCommand);
  }

  /** What stands in the code marks of this number, if it is a command that is asked for. */
  commandAt(index: number): CheckCommand | undefined {
    const before = this.#prose[index] ?? "";
    const looks = this.looks[index] ?? OTHER;
    if (looks.kind !== "command" && looks.kind !== "perhaps") return undefined;
    if (IF.test(before)) return undefined;
    const asked = (ASKS.exec(before) ?? BY.exec(before) ?? RUNS_SOME.exec(before))?.[0];
    const joined = this.#taken.has(index - 1) && JOINS.test(before);
    if (looks.kind === "perhaps" && !RUNS.test(before)) return undefined;
    const place = this.#placeOf(index);
    if (place === "elsewhere") return undefined;
    const verdict = this.#verdictAt(index, looks.command);
    const label = /[:(—–]\s*$/.test(before);
    const first = index === 0 && before.trim() === "";
    const named = asked !== undefined || joined || label;
    const last = verdict?.length === 0 && /(?:,|\band|\bet)\s*$/i.test(before);
    if (!named && !(verdict && (first || last || verdict.length > 0))) return undefined;
    if (looks.onlyShows && (!verdict?.whole || verdict.expects.kind === "success"))
      return undefined;
    if (asked === undefined && !verdict) this.#unclear = true;
    this.#taken.add(index);
    this.#note(index, before, { asked, label, joined, verdict });
    const command = place === "" ? looks.command : `cd ${place} && ${looks.command}`;
    return { command, expects: expectedOf(verdict, looks.command, before) };
  }

  #note(
    index: number,
    before: string,
    how: {
      readonly asked: string | undefined;
      readonly label: boolean;
      readonly joined: boolean;
      readonly verdict: Verdict | undefined;
    },
  ): void {
    const isSaid = how.label && !MORE_THAN_PASSING.test(before);
    this.#asked.set(index, how.joined || isSaid ? before.length : (how.asked?.length ?? 0));
    if (how.verdict) {
      this.#said.set(index + 1, Math.max(how.verdict.length, this.#said.get(index + 1) ?? 0));
      if (!how.verdict.whole) this.#unclear = true;
    }
  }

  /** Whether anything is said that commands don't show. */
  leftOver(commands: number): boolean {
    if (this.#unclear || commands < this.#commandLike()) return true;
    return this.#prose.some((piece, index) => {
      const from = this.#said.get(index) ?? 0;
      const to = piece.length - (this.#asked.get(index) ?? 0);
      const words = piece
        .slice(from, Math.max(from, to))
        .replace(/^\s*\([^()]{0,200}\)/, "")
        .toLowerCase()
        .split(/[^\p{L}\d%≥≤<>]+/u)
        .filter((word) => word !== "" && !EMPTY_WORDS.has(word));
      return words.length > 0;
    });
  }

  /** What stands in code marks and is part of what is asked: more than commands that were taken, and folders they run in. */
  #commandLike(): number {
    return this.#code.filter((_, index) => !this.#places.has(index)).length;
  }

  /** Of commands that are joined the last one has the verdict. */
  #verdictAt(index: number, command: string): Verdict | undefined {
    for (let at = index; at < this.#code.length; at++) {
      const after = this.#prose[at + 1] ?? "";
      const isLast = at === this.#code.length - 1;
      const joins = !isLast && JOINS.test(after) && after.trim() !== "";
      if (joins && this.looks[at + 1]?.kind !== "other") continue;
      const behind = this.#places.has(at + 1) ? "" : after;
      const stop =
        /^\s*[.;](?:\s|$)/.test(behind) ||
        /^\s*[,;—–]?\s*(?:and |then )?(?:confirm|verify|check|ensure|make sure)\b/i.test(behind);
      if (stop) return { expects: SUCCESS, length: 0, whole: true };
      const skipped = this.#roots.get(at + 1) ?? 0;
      const verdict = readVerdict(behind.slice(skipped), command);
      if (!verdict) return undefined;
      const whole = { ...verdict, length: verdict.length + skipped };
      return at === index ? this.#withText(whole, at) : whole;
    }
    return undefined;
  }

  /** Folder that the sentence says it runs in: `` `npm test` from `backend/` ``; empty for the project's; `elsewhere` for what can't be told. */
  #placeOf(index: number): string {
    const after = this.#prose[index + 1] ?? "";
    const before = this.#prose[index] ?? "";
    const next = this.#code[index + 1] ?? "";
    if (/^\s*\(?(?:from|in|inside|at)\s*(?:the )?$/i.test(after) && FOLDER.test(next)) {
      this.#places.add(index + 1);
      this.#said.set(index + 1, after.length);
      return next.replace(/\/$/, "");
    }
    const earlier = this.#code[index - 1] ?? "";
    const from = this.#prose[index - 1] ?? "";
    if (
      /^\s*,?\s*(?:re-?)?run\s*$/i.test(before) &&
      /(?:^|\s)(?:in|from|inside)\s*$/i.test(from) &&
      FOLDER.test(earlier)
    ) {
      this.#places.add(index - 1);
      this.#asked.set(index - 1, from.length);
      return earlier.replace(/\/$/, "");
    }
    const root = ROOT.exec(after);
    if (root) {
      this.#roots.set(index + 1, root[0].length);
      this.#said.set(index + 1, root[0].length);
      return "";
    }
    return TURNS.test(after) || LACKS.test(after) ? "elsewhere" : "";
  }

  /** `` `node -v` prints `v24` ``: what stands in the next code marks is to be printed. */
  #withText(verdict: Verdict, index: number): Verdict {
    const between = this.#prose[index + 1] ?? "";
    const next = this.#code[index + 1];
    if (next === undefined || next.length > 80 || !SAYS.test(between)) return verdict;
    if (this.looks[index + 1]?.kind !== "other") return verdict;
    this.#places.add(index + 1);
    return { expects: { kind: "prints", text: next }, length: between.length, whole: true };
  }
}
