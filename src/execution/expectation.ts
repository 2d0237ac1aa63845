/** What shows that a command did what a plan expects of it. Plain data. */
export type Expectation =
  /** Exit code 0. */
  | { readonly kind: "success" }
  /** Another one: `ls old` returns an error. */
  | { readonly kind: "failure" }
  | { readonly kind: "exit"; readonly code: number }
  /** The last line that it prints is a number, compared so. */
  | {
      readonly kind: "number";
      readonly is: "==" | "!=" | ">=" | ">" | "<=" | "<";
      readonly value: number;
    }
  /** It prints something, and ends well: a search that finds. */
  | { readonly kind: "output" }
  /** It prints nothing: a search that finds nothing, which ends with 1. */
  | { readonly kind: "empty" }
  /** What it prints holds this text. */
  | { readonly kind: "prints"; readonly text: string };

export const SUCCESS: Expectation = { kind: "success" };

/** How a command ended by itself. */
export interface CommandEnd {
  readonly exit: number;
  /** The last lines of its standard output that have text. */
  readonly printed: readonly string[];
}

/** Whether what it prints is looked at: its errors are then not among it. */
export const readsOutput = ({ kind }: Expectation): boolean =>
  kind === "number" || kind === "output" || kind === "empty" || kind === "prints";

/** What is expected, behind "it must". */
export function expectedWords(expected: Expectation): string {
  switch (expected.kind) {
    case "success":
      return "exit with 0";
    case "failure":
      return "exit with another code than 0";
    case "exit":
      return `exit with ${expected.code}`;
    case "number":
      return `print a number ${expected.is} ${expected.value}`;
    case "output":
      return "exit with 0 and print something";
    case "empty":
      return "print nothing";
    case "prints":
      return `print "${expected.text}"`;
  }
}

/** Undefined where it is met; else what is there instead, in words. */
export function unmet(expected: Expectation, { exit, printed }: CommandEnd): string | undefined {
  switch (expected.kind) {
    case "success":
      return exit === 0 ? undefined : `exit code ${exit}`;
    case "failure":
      return exit === 0 ? "exit code 0, though it should fail" : undefined;
    case "exit":
      return exit === expected.code ? undefined : `exit code ${exit}, not ${expected.code}`;
    case "number":
      return unmetNumber(expected, printed);
    case "output":
      return exit === 0 && printed.length > 0
        ? undefined
        : `exit code ${exit}${printed.length === 0 ? ", and nothing was printed" : ""}`;
    case "empty":
      return unmetEmpty(exit, printed);
    case "prints":
      return printed.some((line) => line.includes(expected.text))
        ? undefined
        : `"${expected.text}" was not printed`;
  }
}

type NumberExpected = Extract<Expectation, { readonly kind: "number" }>;

const COMPARES: Readonly<Record<NumberExpected["is"], (one: number, other: number) => boolean>> = {
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  ">=": (one, other) => one >= other,
  ">": (one, other) => one > other,
  "<=": (one, other) => one <= other,
  "<": (one, other) => one < other,
};

/** `grep -c` of several files prints `FILE:COUNT`: that is no number, and a person has to say which is meant. */
function unmetNumber(
  { is, value }: NumberExpected,
  printed: readonly string[],
): string | undefined {
  const last = printed.at(-1)?.trim() ?? "";
  if (!/^-?\d{1,15}(?:\.\d{1,15})?$/.test(last)) return "no number was printed";
  if (COMPARES[is](Number(last), value)) return undefined;
  return `${last} was printed, not ${is === "==" ? "" : `${is} `}${value}`;
}

/** Searches end with 1 where they find nothing, and with more where they could not look. */
function unmetEmpty(exit: number, printed: readonly string[]): string | undefined {
  if (exit > 1) return `exit code ${exit}`;
  return printed.length === 0 ? undefined : "something was printed";
}
