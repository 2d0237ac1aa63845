/** A remark that always holds, or only where the spec says something. */
type Remark = string | { readonly text: string; readonly when: RegExp };

export interface ChoiceOption {
  readonly name: string;
  /** Words by which a spec decides for it. */
  readonly decided?: RegExp;
  readonly pros: readonly Remark[];
  readonly cons: readonly Remark[];
}

/** A design choice and the words of a spec that raise it. */
export interface Choice {
  readonly topic: string;
  readonly when: RegExp;
  /** Words by which the spec says that what is there already settles it. */
  readonly unless?: RegExp;
  readonly options: readonly ChoiceOption[];
}
