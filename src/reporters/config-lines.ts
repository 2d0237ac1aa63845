import type { Json } from "../core/json.ts";
import { formatPlace } from "../core/place.ts";
import { oneLine } from "../core/text.ts";
import type { Setting, Source } from "../stage/config/effective-config.ts";
import { composeLine, paint, wrapText, type Style } from "./style.ts";
import { textWidth } from "./text-width.ts";

/** Room for a source: `default`, `profile`, `--concurrency`, `line 1234`. */
const SOURCE = 14;
const WIDEST_KEY = 30;

/** Every value that holds with where it comes from, under headings of the parts of the file. */
export function settingLines(
  { file, settings }: { readonly file: string | null; readonly settings: readonly Setting[] },
  style: Style,
): string[] {
  const groups = new Map<string, Setting[]>();
  for (const one of settings) {
    const heading = headingOf(one);
    groups.set(heading, [...(groups.get(heading) ?? []), one]);
  }
  const lines = [...groups].flatMap(([heading, group]) => [
    "",
    ...groupLines(heading, group, style),
  ]);
  return [
    paint(style, "quiet", file === null ? "No configuration: defaults hold." : file),
    ...lines,
  ];
}

/** Stages and agents one by one; everything else by its section. */
function headingOf({ path, source }: Setting): string {
  if (source.kind === "environment") return "environment";
  const [first = "", second = ""] = path;
  if ((first === "stages" || first === "agents") && path.length > 2) return `${first}.${second}`;
  return path.length > 1 ? String(first) : "";
}

function groupLines(heading: string, group: readonly Setting[], style: Style): string[] {
  const shown = group.map((one) => ({
    ...one,
    name: oneLine(
      heading !== "" && one.key.startsWith(`${heading}.`)
        ? one.key.slice(heading.length + 1)
        : one.key,
      80,
    ),
  }));
  const widest = Math.min(WIDEST_KEY, Math.max(...shown.map(({ name }) => textWidth(name))));
  const room = Math.max(10, style.width - widest - SOURCE - 5);
  return [
    ...(heading === "" ? [] : [paint(style, "strong", oneLine(heading, 80))]),
    ...shown.map((one) =>
      composeLine(style, [
        { text: ` ${one.name}`, columns: widest + 1 },
        { text: "  " },
        { text: valueText(one), columns: room, tone: isSet(one.source) ? "accent" : "plain" },
        { text: "  " },
        { text: sourceText(one.source), tone: "quiet" },
      ]).trimEnd(),
    ),
  ];
}

const isSet = ({ kind }: Source): boolean => kind !== "default" && kind !== "profile";

const valueText = ({ value, hidden }: Setting): string => (hidden ? "not shown" : textOf(value));

/** A value on one line, as a person would write it. */
function textOf(value: Json): string {
  if (value === null) return "not set";
  if (typeof value === "string") return oneLine(value, 200);
  if (Array.isArray(value) && value.length === 0) return "none";
  if (!Array.isArray(value)) return oneLine(JSON.stringify(value), 200);
  return oneLine(`[${value.map((item) => textOf(item)).join(", ")}]`, 200);
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case "file":
      return source.place.line === undefined ? "file" : `line ${source.place.line}`;
    case "flag":
      return source.flag;
    case "profile":
      return "profile";
    case "environment":
      return "";
    case "default":
      return "default";
  }
}

export interface ShownKey {
  readonly path: readonly string[];
  readonly about: string;
  readonly type: string;
  readonly keys: readonly { readonly key: string; readonly about: string }[];
  readonly defaults: readonly Setting[];
  readonly set: readonly Setting[] | null;
}

const LABEL = 9;

/** What a key means, what may stand there, what holds without it, and what is set. */
export function explanationLines(shown: ShownKey, style: Style): string[] {
  const { path, about, type, keys, set } = shown;
  const labelled = (label: string, texts: readonly string[]) =>
    texts
      .flatMap((text) => wrapText(text, Math.max(20, style.width - LABEL - 1)))
      .map((text, index) => ` ${(index === 0 ? label : "").padEnd(LABEL)}${text}`.trimEnd());
  const now =
    set === null
      ? ["unknown: the configuration has problems, see wavegate config check"]
      : setTexts(path.join("."), set);
  return [
    paint(style, "strong", oneLine(path.join("."), 200)),
    ...wrapText(about, style.width - 1).map((text) => ` ${text}`),
    "",
    ...labelled("takes", [type]),
    ...labelled("default", keys.length > 0 ? [] : defaultTexts(shown.defaults)),
    ...labelled("set", now.length > 0 ? now : keys.length > 0 ? [] : ["nowhere"]),
    ...keyLines(keys, style),
  ];
}

/** Most values that are named one by one. */
const MOST_SET = 12;

const setTexts = (key: string, set: readonly Setting[]): readonly string[] => [
  ...set.slice(0, MOST_SET).map((one) => {
    const name = one.key === key ? "" : `${oneLine(one.key, 100)}: `;
    return `${name}${valueText(one)} (${placeText(one.source)})`;
  }),
  ...(set.length > MOST_SET
    ? [`and ${set.length - MOST_SET} more: wavegate config print ${oneLine(key, 80)}`]
    : []),
];

const placeText = (source: Source): string =>
  source.kind === "file" ? formatPlace(source.place) : sourceText(source);

/** One text where all agree; else each with its key. */
function defaultTexts(defaults: readonly Setting[]): readonly string[] {
  const values = new Set(defaults.map(valueText));
  if (values.size === 0) return ["none"];
  return values.size === 1 ? [...values] : defaults.map((one) => `${one.key}: ${valueText(one)}`);
}

function keyLines(keys: ShownKey["keys"], style: Style): string[] {
  if (keys.length === 0) return [];
  const widest = Math.max(...keys.map(({ key }) => textWidth(key)));
  return [
    "",
    ...keys.flatMap(({ key, about }) =>
      wrapText(about, Math.max(20, style.width - widest - 3)).map((text, index) =>
        ` ${(index === 0 ? key : "").padEnd(widest)}  ${text}`.trimEnd(),
      ),
    ),
  ];
}
