import type { Json } from "../../../../core/json.ts";
import type { Result } from "../../../../core/result.ts";

/** What is said to an agent that hands in a result. */
export interface Reply {
  readonly accepted: boolean;
  readonly text: string;
}

/** What has been handed in so far. */
export type Submission =
  | { readonly state: "none" }
  /** Once wrong; another one is awaited. */
  | { readonly state: "open"; readonly problems: readonly string[] }
  | { readonly state: "accepted"; readonly value: Json }
  /** Wrong twice. */
  | { readonly state: "failed"; readonly problems: readonly string[] };

/** Takes results in: where the rules are, whoever brings them. */
export interface SubmitDesk {
  hand(value: Json | undefined): Reply;
  submission(): Submission;
  /** Resolves with the first accepted or the second wrong result. */
  readonly decided: Promise<void>;
}

/**
 * A result that matches is accepted, and a later one that matches takes its place. A wrong one is answered with what is
 * wrong, once; a second wrong one ends it (AG-02). After an accepted one, wrong ones change nothing.
 */
export function createSubmitDesk(
  check: (value: Json) => Result<Json, readonly string[]>,
): SubmitDesk {
  let submission: Submission = { state: "none" };
  let decide: (() => void) | undefined;
  const decided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  return {
    decided,
    submission: () => submission,
    hand(value) {
      if (submission.state === "failed") return refused;
      const checked =
        value === undefined
          ? ({ ok: false, error: ["the answer: there is none; give it as `result`"] } as const)
          : check(value);
      if (checked.ok) {
        submission = { state: "accepted", value: checked.value };
        decide?.();
        return { accepted: true, text: "Accepted. Nothing more is needed: stop here." };
      }
      if (submission.state === "accepted")
        return { accepted: false, text: `${listed(checked.error)}\nThe accepted result stays.` };
      const again = submission.state === "open";
      submission = { state: again ? "failed" : "open", problems: checked.error };
      if (again) {
        decide?.();
        return refused;
      }
      return {
        accepted: false,
        text: `The result is invalid:\n${listed(checked.error)}\nCorrect it and call submit_result once more with the whole object. A second wrong result ends this attempt.`,
      };
    },
  };
}

const refused: Reply = {
  accepted: false,
  text: "The result is invalid for the second time. This attempt has failed: stop here.",
};

const listed = (problems: readonly string[]): string =>
  problems.map((problem) => `- ${problem}`).join("\n");
