import { err, ok, type Result } from "../core/result.ts";
import { EXTENSION } from "./spec-kit.ts";
import { isOurs, isSame, readContent, UNKNOWN_FORM, type Entries } from "./extensions-file.ts";
import { applyEdits } from "./text-edit.ts";
import { YamlLines, type KeyLine } from "./yaml-lines.ts";

/**
 * The text without these entries of the extension, where others changed the file since they were put in; what is gone
 * already stays gone. A key that is left without items gets an empty value, an event is taken out. Gives why the file
 * can't be edited.
 */
export function unregisterHooks(text: string, entries: Entries): Result<string, string> {
  const content = readContent(text);
  if (!content.ok) return content;
  const { root, installed, hooks } = content.value;
  const yaml = new YamlLines(text);
  const keep = installed.filter((item) => !entries.installed || item !== EXTENSION);
  const left = Object.fromEntries(
    Object.entries(hooks).flatMap(([event, list]) => {
      const others = list?.filter((item) => !(entries.events.includes(event) && isOurs(item)));
      return others?.length === 0 && list?.length !== 0 ? [] : [[event, others ?? list]];
    }),
  );
  const expected = {
    ...root,
    ...("installed" in root && {
      installed: keep.length === installed.length ? root["installed"] : keep,
    }),
    ...("hooks" in root && { hooks: isSame(left, hooks) ? root["hooks"] : left }),
  };
  if (isSame(expected, root)) return ok(text);
  const cuts = [
    ...(keep.length < installed.length ? cutInstalled(yaml, installed) : []),
    ...cutHooks(yaml, { hooks, left, events: entries.events }),
  ].toSorted((one, other) => one.at - other.at);
  const result = applyEdits(
    text,
    cuts.map((cut) => ({ ...cut, removed: text.slice(cut.at, cut.to) })),
  );
  const after = readContent(result);
  return after.ok && isSame(after.value.root, expected) ? ok(result) : err(UNKNOWN_FORM);
}

interface Cut {
  readonly at: number;
  readonly to: number;
  readonly inserted: string;
}

const emptied = (key: KeyLine, value: string): Cut => ({
  at: key.valueAt,
  to: key.valueAt,
  inserted: value,
});

function cutInstalled(yaml: YamlLines, installed: readonly unknown[]): readonly Cut[] {
  const key = yaml.key("installed");
  if (!key) return [];
  const starts = yaml.items(key).map(({ index }) => index);
  if (starts.length === 0) return cutFromFlow(key);
  if (starts.length !== installed.length) return [];
  const ours = installed.flatMap((item, at) => (item === EXTENSION ? [at] : []));
  return [
    ...(ours.length === installed.length ? [emptied(key, " []")] : []),
    ...ours.map((at) => rangeOf(yaml, starts, { at, key })),
  ];
}

/** Out of a list in one line, where ours came behind another. */
function cutFromFlow(key: KeyLine): readonly Cut[] {
  const found = new RegExp(`, *${EXTENSION}(?= *[,\\]])`).exec(key.text);
  if (!found) return [];
  const at = key.from + found.index;
  return [{ at, to: at + found[0].length, inserted: "" }];
}

/** The lines of an item with the end of the line before it; comments and blank lines behind it belong to what follows. */
function rangeOf(
  yaml: YamlLines,
  starts: readonly number[],
  { at, key }: { readonly at: number; readonly key: KeyLine },
): Cut {
  const from = starts[at] ?? 0;
  let to = starts[at + 1] ?? yaml.block(key).to;
  while (to > from + 1 && /^\s*(?:#.*)?$/.test(yaml.lines[to - 1]?.text ?? "")) to -= 1;
  return lineRange(yaml, from, to);
}

const lineRange = (yaml: YamlLines, from: number, to: number): Cut => ({
  at: yaml.lines[from - 1]?.to ?? 0,
  to: yaml.lines[to - 1]?.to ?? 0,
  inserted: "",
});

function cutHooks(
  yaml: YamlLines,
  {
    hooks,
    left,
    events,
  }: {
    readonly hooks: Readonly<Record<string, readonly unknown[] | null>>;
    readonly left: Readonly<Record<string, unknown>>;
    readonly events: readonly string[];
  },
): readonly Cut[] {
  const top = yaml.key("hooks");
  if (!top) return [];
  const block = yaml.block(top);
  const keys = yaml.keys(block.from, block.to);
  const cuts = events.flatMap((event): readonly Cut[] => {
    const list = hooks[event];
    const key = keys.find(({ text }) => text.trimStart().startsWith(`${event}:`));
    if (!key || !list) return [];
    if (!(event in left)) return [lineRange(yaml, key.index, yaml.block(key).to)];
    const starts = yaml.items(key).map(({ index }) => index);
    if (starts.length !== list.length) return [];
    return list.flatMap((item, at) => (isOurs(item) ? [rangeOf(yaml, starts, { at, key })] : []));
  });
  const none = Object.keys(left).length === 0 && cuts.length > 0;
  return none ? [emptied(top, " {}"), ...cuts] : cuts;
}
