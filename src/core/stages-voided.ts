/** What earlier stages of the run made is void, as what they worked from or made was changed. */
export type StagesVoided = {
  readonly type: "stages-voided";
  /** The stage that could not go on with it. */
  readonly stage: string;
  readonly reason: string;
  /** Who let the run go on. */
  readonly by: string;
  /** The stage whose gate asks again about its files as they are now, if one does. */
  readonly asksAgain: string | null;
  /** Whose agents are asked again. */
  readonly runAgain: readonly { readonly stage: string; readonly roles: readonly string[] }[];
};
