import { CORE_SCHEMA, load } from "js-yaml";
import { err, ok, type Result } from "../core/result.ts";
import { EXTENSION, hookEntry, type Hook } from "./spec-kit.ts";
import { applyEdits, type TextEdit } from "./text-edit.ts";
import { linesOf, YamlLines, type KeyLine } from "./yaml-lines.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an extension has in the file. */
export interface Entries {
  /** Whether it is in the list `installed`. */
  readonly installed: boolean;
  /** Events of its hooks. */
  readonly events: readonly string[];
}

/** Why a file is not edited that can be read. */
export const UNKNOWN_FORM = "its entries are written in a form that can't be extended or cut";

/** The file as Spec Kit would begin it. */
export const EMPTY_FILE = "installed: []\nsettings:\n  auto_execute_hooks: true\nhooks: {}\n";

type Hooks = Readonly<Record<string, readonly unknown[] | null>>;

interface Content {
  /** All of the file. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly installed: readonly unknown[];
  readonly hooks: Hooks;
}

/** Read `.specify/extensions.yml`; gives why it can't be read as such. */
export function readContent(text: string): Result<Content, string> {
  let root: unknown;
  try {
    // A file without anything in it is no document to the reader.
    root = linesOf(text).every(({ text: line }) => /^\s*(?:#.*)?$/.test(line))
      ? {}
      : (load(text, { schema: CORE_SCHEMA, maxDepth: 32 }) ?? {});
  } catch {
    return err("it is not YAML");
  }
  if (!isRecord(root)) return err("it holds no keys");
  const installed = root["installed"] ?? [];
  const hooks = root["hooks"] ?? {};
  if (!Array.isArray(installed)) return err("`installed` is no list");
  if (!isRecord(hooks)) return err("`hooks` holds no events");
  const lists: Record<string, readonly unknown[] | null> = {};
  for (const [event, list] of Object.entries(hooks)) {
    if (list !== null && !Array.isArray(list)) return err(`\`hooks.${event}\` is no list`);
    lists[event] = list;
  }
  return ok({ root, installed, hooks: lists });
}

export const isOurs = (item: unknown): boolean => isRecord(item) && item["extension"] === EXTENSION;

const isInstalled = (item: unknown): boolean =>
  item === EXTENSION || (isRecord(item) && item["id"] === EXTENSION);

/**
 * The edits that register the extension with these hooks, in the style of the file and with nothing else changed; what
 * is registered is left as it is. Gives why the file can't be edited.
 */
export function registerHooks(
  text: string,
  hooks: readonly Hook[],
): Result<{ readonly edits: readonly TextEdit[]; readonly added: Entries }, string> {
  const content = readContent(text);
  if (!content.ok) return content;
  const wanted = hooks.filter(({ event }) => !content.value.hooks[event]?.some(isOurs));
  const install = !content.value.installed.some(isInstalled);
  const editor = new Editor(text);
  const edits = [
    ...(install ? editor.addInstalled() : []),
    ...(wanted.length > 0 ? editor.addHooks(wanted, content.value) : []),
  ]
    .toSorted((one, other) => one.at - other.at || Number(one.appended) - Number(other.appended))
    .map(({ at, removed, inserted }) => ({ at, removed, inserted }));

  const added = { installed: install, events: wanted.map(({ event }) => event) };
  const after = readContent(applyEdits(text, edits));
  return after.ok && isSame(after.value.root, withEntries(content.value, wanted, install))
    ? ok({ edits, added })
    : err(UNKNOWN_FORM);
}

/** What the file is to hold. */
const withEntries = (
  { root, installed, hooks }: Content,
  wanted: readonly Hook[],
  install: boolean,
) => ({
  ...root,
  ...(install && { installed: [...installed, EXTENSION] }),
  ...(wanted.length > 0 && {
    hooks: wanted.reduce<Hooks>(
      (all, hook) => ({ ...all, [hook.event]: [...(all[hook.event] ?? []), hookEntry(hook)] }),
      hooks,
    ),
  }),
});

/** Same values, whatever the order of keys. */
export const isSame = (one: unknown, other: unknown): boolean => inOrder(one) === inOrder(other);

const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    isRecord(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** An edit, and whether it goes to the end of the file, behind what else is put there. */
type Insertion = TextEdit & { readonly appended: boolean };

class Editor {
  readonly #text: string;
  readonly #yaml: YamlLines;
  readonly #eol: string;

  constructor(text: string) {
    this.#text = text;
    this.#yaml = new YamlLines(text);
    this.#eol = text.includes("\r\n") ? "\r\n" : "\n";
  }

  addInstalled(): readonly Insertion[] {
    const key = this.#yaml.key("installed");
    if (!key) return this.#append(["installed:", `- ${EXTENSION}`]);
    const flow = /^\[.*\S.*\]$/.test(key.value) && !/^\[\s*\]$/.test(key.value);
    if (flow) {
      const end = this.#text.indexOf(key.value, key.valueAt) + key.value.length - 1;
      return [{ at: end, removed: "", inserted: `, ${EXTENSION}`, appended: false }];
    }
    const indent = " ".repeat(this.#yaml.items(key)[0]?.indent ?? 0);
    return this.#under(key, [`${indent}- ${EXTENSION}`]);
  }

  addHooks(wanted: readonly Hook[], { hooks }: Content): readonly Insertion[] {
    const top = this.#yaml.key("hooks");
    const events = (indent: string, dash: string) =>
      wanted
        .filter(({ event }) => hooks[event] === undefined)
        .flatMap((hook) => [`${indent}${hook.event}:`, ...entry(hook, indent + dash)]);
    if (!top) return this.#append(["hooks:", ...events("  ", "")]);
    const { from, to } = this.#yaml.block(top);
    const keys = this.#yaml.keys(from, to);
    const [first] = keys;
    const indent = " ".repeat(first ? first.text.length - first.text.trimStart().length : 2);
    const dash = " ".repeat(this.#dashOf(keys, indent.length));
    const added = events(indent, dash);
    return [
      ...wanted.flatMap((hook) => {
        const key = keys.find(({ text }) => text.trimStart().startsWith(`${hook.event}:`));
        if (!key) return [];
        const own = this.#yaml.items(key)[0]?.indent ?? indent.length + dash.length;
        return this.#under(key, entry(hook, " ".repeat(own)));
      }),
      ...(added.length > 0 ? this.#under(top, added) : []),
    ];
  }

  /** How far items are set in from their key, as the file has it; Spec Kit sets them in not at all. */
  #dashOf(keys: readonly KeyLine[], indent: number): number {
    const item = keys.map((key) => this.#yaml.items(key)[0]).find((first) => first !== undefined);
    return item ? item.indent - indent : 0;
  }

  /** Put lines behind those under a key; an empty list or map in flow style gives way. */
  #under(key: KeyLine, lines: readonly string[]): readonly Insertion[] {
    const { to } = this.#yaml.block(key);
    const last = this.#yaml.lines[to - 1] ?? key;
    const inserted = lines.map((line) => this.#eol + line).join("");
    const behind = { at: last.to, removed: "", inserted, appended: false };
    const [empty] =
      /^\s*(?:\[\s*\]|\{\s*\}|null|~)/.exec(this.#text.slice(key.valueAt, key.to)) ?? [];
    return empty === undefined
      ? [behind]
      : [{ ...behind, at: key.valueAt, removed: empty, inserted: "" }, behind];
  }

  #append(lines: readonly string[]): readonly Insertion[] {
    const open = this.#text !== "" && !this.#text.endsWith("\n");
    const inserted = lines.join(this.#eol);
    return [
      {
        at: this.#text.length,
        removed: "",
        appended: true,
        inserted: open ? this.#eol + inserted : inserted + this.#eol,
      },
    ];
  }
}

const entry = (hook: Hook, indent: string): readonly string[] =>
  Object.entries(hookEntry(hook)).map(
    ([key, value], at) => `${indent}${at === 0 ? "- " : "  "}${key}: ${String(value)}`,
  );
