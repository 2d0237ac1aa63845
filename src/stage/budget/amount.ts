/** Tokens and money. Money is counted in millionths of a US dollar, so that sums are exact. */
export type Amount = { readonly tokens: number; readonly microUsd: number };

export const UNITS = ["tokens", "microUsd"] as const;
export type Unit = (typeof UNITS)[number];

export const NOTHING: Amount = { tokens: 0, microUsd: 0 };

export const sumOf = (amounts: readonly Amount[]): Amount => ({
  tokens: amounts.reduce((sum, { tokens }) => sum + tokens, 0),
  microUsd: amounts.reduce((sum, { microUsd }) => sum + microUsd, 0),
});

/** US dollars as millionths, rounded up; what floating point adds is not. */
export const microOf = (usd: number): number => Math.ceil(Number((usd * 1e6).toFixed(3)));

export const usdOf = (microUsd: number): number => microUsd / 1e6;
