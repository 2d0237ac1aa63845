/** Another worker than the run's executes a child of it, or one goes on with it after another died. */
export type ChildTaken = {
  readonly type: "child-taken";
  /** Its name in the run. */
  readonly child: string;
  readonly by: string;
  readonly pid: number;
  readonly host: string;
  /** The worker that died on it. */
  readonly from?: string;
};
