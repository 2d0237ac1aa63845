/** One thing a spec can say or leave out about a risk. */
interface Control {
  /** What it is, as it reads after "keep" and "add". */
  readonly name: string;
  /** Words by which the spec already asks for it. */
  readonly covered: RegExp;
  /** What to do when it does not. */
  readonly advice: string;
}

/** A risk and the words of a spec that raise it. */
export interface RiskRule {
  readonly category: string;
  readonly when: RegExp;
  /** Words anywhere in the spec that show the trigger means something else in it. */
  readonly unless?: RegExp;
  /** What can go wrong. `{words}` stands for the words that raised it. */
  readonly description: string;
  /** Damage if it happens: 1 annoys, 2 hurts some users or the schedule, 3 loses trust, money or data. */
  readonly impact: 1 | 2 | 3;
  readonly controls: readonly Control[];
  readonly owner: string;
  readonly sign: string;
  /** A rule to check, never a verdict. */
  readonly compliance?: { readonly item: string; readonly action: string };
}

/** Two statements that can't both hold, or hold only with more work than they say. */
export interface TensionRule {
  readonly category: string;
  readonly one: RegExp;
  readonly other: RegExp;
  readonly description: string;
  readonly mitigation: string;
  readonly owner: string;
  readonly sign: string;
  readonly impact: 2 | 3;
}
