export interface Row {
  readonly fault: string;
  readonly outcome: RegExp;
  readonly told?: RegExp;
  readonly calls?: number;
  readonly injected?: number;
  readonly limitMs?: number;
  readonly cheap?: boolean;
  readonly needs?: "sandbox" | "cli";
  readonly env?: Readonly<Record<string, string>>;
}

export const ROWS: readonly Row[];
