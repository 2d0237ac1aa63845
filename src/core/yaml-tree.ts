import {
  boolCoreTag,
  COLLECTION_STYLE,
  EVENT_ID,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
  type ScalarEvent,
} from "js-yaml";
import type { TextProblem, TextTree, TreeEntry, TreeNode } from "./text-tree.ts";

/** Plain YAML 1.2: no anchors, aliases or tags, one document, each key once. Never throws. */
export function readYamlTree(text: string, maxDepth: number): TextTree {
  try {
    const builder = new TreeBuilder(text, parseEvents(text, { maxDepth }));
    return { root: builder.document(), problems: builder.problems };
  } catch (cause) {
    const at = cause instanceof YAMLException ? (cause.mark?.position ?? 0) : 0;
    const message = cause instanceof YAMLException ? cause.reason : "it can't be read";
    return { root: undefined, problems: [{ kind: "syntax", at, message }] };
  }
}

class TreeBuilder {
  readonly problems: TextProblem[] = [];
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): TreeNode | undefined {
    const documents = this.#events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length;
    if (documents > 1) this.#refuse("feature", 0, "the file holds several documents; use one");
    if (documents === 0 || this.#events[1]?.type === EVENT_ID.POP) return undefined;
    this.#next = 1;
    return this.#node();
  }

  #node(): TreeNode {
    const event = this.#events[this.#next];
    this.#next += 1;
    if (event?.type === EVENT_ID.SCALAR) return this.#scalar(event);
    if (event?.type === EVENT_ID.SEQUENCE) {
      this.#plain(event);
      const items: TreeNode[] = [];
      while (!this.#closes()) items.push(this.#node());
      return { kind: "list", at: startOf(event), items };
    }
    if (event?.type === EVENT_ID.MAPPING) {
      this.#plain(event);
      return { kind: "map", at: startOf(event), entries: this.#entries() };
    }
    const at = event?.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : 0;
    this.#refuse("feature", at, "an alias (*name) stands here; write the value itself");
    return { kind: "scalar", at, value: null };
  }

  #entries(): readonly TreeEntry[] {
    const entries = new Map<string, TreeEntry>();
    while (!this.#closes()) {
      const key = this.#node();
      const value = this.#node();
      if (key.kind !== "scalar") {
        this.#refuse("feature", key.at, "a key must be plain text");
        continue;
      }
      const name = String(key.value);
      if (name === "__proto__" || name === "<<")
        this.#refuse("feature", key.at, `the key "${name}" is not supported`);
      else if (entries.has(name))
        this.#refuse("duplicate", key.at, `the key "${name}" stands here a second time`);
      else entries.set(name, { key: name, at: key.at, value });
    }
    return [...entries.values()];
  }

  #scalar(event: ScalarEvent): TreeNode {
    this.#plain(event);
    const text = event.valueStart === -1 ? "" : getScalarValue(this.#text, event);
    const quoted =
      event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    const value = event.style === SCALAR_STYLE.PLAIN ? plainValue(text) : text;
    return { kind: "scalar", at: event.valueStart - (quoted ? 1 : 0), value };
  }

  #plain(event: { readonly anchorStart: number; readonly tagStart: number }): void {
    if (event.anchorStart !== -1)
      this.#refuse("feature", event.anchorStart - 1, "an anchor (&name) stands here; remove it");
    if (event.tagStart !== -1)
      this.#refuse("feature", event.tagStart, "a tag (!name) stands here; remove it");
  }

  #refuse(kind: TextProblem["kind"], at: number, message: string): void {
    this.problems.push({ kind, at, message });
  }

  /** Whether the collection ends here, or the events do. */
  #closes(): boolean {
    const event = this.#events[this.#next];
    if (event && event.type !== EVENT_ID.POP) return false;
    this.#next += 1;
    return true;
  }
}

/** A block collection starts where its first item does. */
const startOf = (event: { readonly start: number; readonly style: number }): number =>
  event.style === COLLECTION_STYLE.BLOCK ? Math.max(0, event.start) : event.start;

function plainValue(text: string): string | number | boolean | null {
  for (const tag of [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag]) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}
