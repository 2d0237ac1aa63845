/** What is inside a schema of the configuration: keys, or values under names of the user's, or items. */
export interface SchemaParts {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly catchall?: unknown;
  readonly type?: string;
}

/** The parts of a schema, whatever is optional about it. */
export function partsOf(schema: unknown): SchemaParts {
  const def: SchemaParts | undefined = hasDef(schema) ? schema.def : undefined;
  return def?.innerType === undefined ? (def ?? {}) : partsOf(def.innerType);
}

/** What stands under names of the user's own choice, if anything does. */
export function namedPart({ valueType, catchall }: SchemaParts): unknown {
  return valueType ?? (partsOf(catchall).type === "never" ? undefined : catchall);
}

const hasDef = (schema: unknown): schema is { readonly def: SchemaParts } =>
  typeof schema === "object" && schema !== null && "def" in schema;
