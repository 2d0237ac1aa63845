/** A value of a module that no YAML or JSON could hold, and where it is. */
export interface NotData {
  readonly path: readonly (string | number)[];
  /** What it is: `a function`, `a promise`, … */
  readonly what: string;
}

/**
 * What a value is that can't be data, by itself. Like `plainData`, it runs as source text: it names nothing outside itself.
 */
export function kindOfCode(item: unknown): string | undefined {
  if (typeof item === "function") return "a function";
  if (typeof item === "bigint") return "a bigint";
  if (typeof item === "symbol") return "a symbol";
  if (typeof item === "number" && !Number.isFinite(item)) return String(item);
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  if (typeof Reflect.get(item, "then") === "function") return "a promise";
  const form: unknown = Object.getPrototypeOf(item);
  const maker: unknown = Reflect.get(item, "constructor");
  if (form !== null && form !== Object.prototype)
    return `an instance of ${(typeof maker === "function" && maker.name) || "a class"}`;
  return Object.getOwnPropertySymbols(item).length > 0
    ? "an object with symbols as keys"
    : undefined;
}

/**
 * What of a value is plain data: objects, lists, text, numbers, true, false and null, without an end that leads back.
 * Undefined counts as absent. Runs in the process that evaluates the configuration, as source text: it names nothing outside itself.
 */
export function plainData(
  value: unknown,
  limits: { readonly depth: number; readonly values: number },
  kindOf: typeof kindOfCode = kindOfCode,
): { readonly value: unknown; readonly notData: readonly NotData[] } {
  const notData: NotData[] = [];
  const open = new Set<object>();
  let values = 0;
  const refuse = (path: NotData["path"], what: string): undefined => {
    notData.push({ path, what });
  };
  const walk = (item: unknown, path: NotData["path"]): unknown => {
    values += 1;
    const kind = kindOf(item);
    if (kind !== undefined) return refuse(path, kind);
    if (typeof item !== "object" || item === null) return item;
    if (open.has(item)) return refuse(path, "a value that holds itself");
    if (path.length >= limits.depth)
      return refuse(path, `nested deeper than ${limits.depth} levels`);
    if (values > limits.values) return refuse([], `more than ${limits.values} values`);
    open.add(item);
    const walked = Array.isArray(item)
      ? Array.from(item, (one: unknown, index) =>
          one === undefined
            ? refuse([...path, index], "undefined in a list")
            : walk(one, [...path, index]),
        )
      : Object.fromEntries(
          Object.entries(item)
            .filter(([, one]) => one !== undefined)
            .map(([key, one]) => [key, walk(one, [...path, key])]),
        );
    open.delete(item);
    return walked;
  };
  return { value: walk(value, []), notData: notData.slice(0, 50) };
}
