import type { Attributes, Span, SpanEvent, SpanKind } from "./span.ts";

interface Growing extends Omit<Span, "attributes" | "events" | "name"> {
  name: string;
  attributes: Attributes;
  readonly events: SpanEvent[];
  end?: NonNullable<Span["end"]>;
  error?: string;
}

/** Spans while they grow, by key, in the order in which they began. Closing one closes what is open in it. */
export class SpanTree {
  readonly #spans = new Map<string, Growing>();
  /** By the key of what they are in. */
  readonly #inner = new Map<string, Growing[]>();

  open(span: {
    readonly key: string;
    readonly kind: SpanKind;
    readonly name: string;
    readonly at: number;
    readonly parent?: string;
    readonly attributes?: Attributes;
    readonly error?: string;
  }): string {
    const { key, kind, name, at, parent, attributes = {}, error } = span;
    const opened: Growing = {
      key,
      kind,
      name,
      parent,
      attributes,
      startMs: at,
      events: [],
      ...(error === undefined ? {} : { error }),
    };
    this.#spans.set(key, opened);
    if (parent === undefined) return key;
    const beside = this.#inner.get(parent);
    if (beside) beside.push(opened);
    else this.#inner.set(parent, [opened]);
    return key;
  }

  close(key: string, end: NonNullable<Span["end"]>, error?: string): string {
    const span = this.#spans.get(key);
    if (!span || span.end) return key;
    for (const inner of this.#inner.get(key) ?? [])
      if (!inner.end) {
        // No event ends a stage but the next one's start, or the run's end.
        if (inner.kind !== "stage")
          inner.attributes = { ...inner.attributes, "wavegate.cut_short": true };
        this.close(inner.key, end);
      }
    span.end = end;
    if (error !== undefined) span.error = error;
    return key;
  }

  say(key: string, attributes: Attributes): void {
    const span = this.#spans.get(key);
    if (span && !span.end) span.attributes = { ...span.attributes, ...attributes };
  }

  note(key: string, event: SpanEvent): void {
    const span = this.#spans.get(key);
    if (span && !span.end) span.events.push(event);
  }

  rename(key: string, name: string): void {
    const span = this.#spans.get(key);
    if (span) span.name = name;
  }

  nameOf(key: string): string | undefined {
    return this.#spans.get(key)?.name;
  }

  startOf(key: string): number | undefined {
    return this.#spans.get(key)?.startMs;
  }

  has(key: string, attribute: string): boolean {
    return this.#spans.get(key)?.attributes[attribute] !== undefined;
  }

  /** Whether a span of a role is that of this role in this stage. */
  is(key: string, of: { readonly stage: string; readonly role: string }): boolean {
    const span = this.#spans.get(key);
    return span?.parent === of.stage && span.attributes["wavegate.role"] === of.role;
  }

  lastOpen(kind: SpanKind): string | undefined {
    return this.openKeys(kind).at(-1);
  }

  openKeys(kind: SpanKind): readonly string[] {
    return [...this.#spans.values()]
      .filter((span) => span.kind === kind && !span.end)
      .map(({ key }) => key);
  }

  /** How many spans are numbered under a key. */
  count(prefix: string): number {
    return [...this.#spans.keys()].filter(
      (key) => key.startsWith(prefix) && !key.slice(prefix.length).includes("/"),
    ).length;
  }

  spans(): readonly Span[] {
    return [...this.#spans.values()];
  }
}
