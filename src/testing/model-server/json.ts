import type { Json } from "../../core/json.ts";

export type JsonObject = { readonly [key: string]: Json | undefined };

export const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !isList(value) ? value : {};

export const listOf = (value: Json | undefined): readonly Json[] =>
  value !== undefined && isList(value) ? value : [];

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
