/** Words in a drawing that a line may lead to, with the words right below them. Rows and columns from 0, both ends included. */
export interface DrawnBox<Label> {
  readonly label: Label;
  readonly row: number;
  readonly left: number;
  right: number;
  bottom: number;
}

/** A line from one box to another. */
export interface DrawnLink<Label> {
  readonly from: DrawnBox<Label>;
  readonly to: DrawnBox<Label>;
}

export interface Drawing<Label> {
  readonly boxes: readonly DrawnBox<Label>[];
  readonly links: readonly DrawnLink<Label>[];
}

const MOST_ROWS = 200;
const MOST_COLUMNS = 400;
/** Links that one line with its branches makes. */
const MOST_LINKS = 400;

type Way = "up" | "right" | "down" | "left";
const STEPS: Readonly<Record<Way, readonly [row: number, column: number]>> = {
  up: [-1, 0],
  right: [0, 1],
  down: [1, 0],
  left: [0, -1],
};
const BACK: Readonly<Record<Way, Way>> = { up: "down", right: "left", down: "up", left: "right" };

/** Where the lines of a character lead. Source: Unicode's box drawing, light, heavy, double and rounded. */
const LINES: readonly (readonly [signs: string, ...ways: readonly Way[]])[] = [
  ["─━═╌┄", "left", "right"],
  ["│┃║╎┆", "up", "down"],
  ["┌┏╔╭", "right", "down"],
  ["┐┓╗╮", "left", "down"],
  ["└┗╚╰", "up", "right"],
  ["┘┛╝╯", "up", "left"],
  ["├┣╠", "up", "right", "down"],
  ["┤┫╣", "up", "down", "left"],
  ["┬┳╦", "right", "down", "left"],
  ["┴┻╩", "up", "right", "left"],
  ["┼╋╬", "up", "right", "down", "left"],
];
const WAYS = new Map(
  LINES.flatMap(([signs, ...ways]) => Array.from(signs, (sign) => [sign, ways] as const)),
);
const HEADS = new Map<string, Way>(
  (
    [
      ["▼↓⬇", "down"],
      ["▲↑⬆", "up"],
      ["►▶→⟶➜", "right"],
      ["◄◀←⟵", "left"],
    ] as const
  ).flatMap(([signs, way]) => Array.from(signs, (sign) => [sign, way] as const)),
);

/** A character of a line: where it leads, and where it points if it is the head of an arrow. */
interface Stroke {
  readonly row: number;
  readonly column: number;
  readonly ways: readonly Way[];
  readonly points: Way | undefined;
}

/**
 * Read words and the lines between them, as people draw them in monospaced text: boxes are runs of words that `labelOf` knows; a
 * line leads away from what it leaves below or to the right, and to what an arrow points at or what it reaches from above or from
 * the left. Several lines that meet are one; where they cross, and both who waits and who is waited for are several, nothing is
 * read. Undefined labels make no box. Drawings of more than 200 rows or 400 columns are not read. Linear in the characters but for
 * the links.
 */
export function readDrawing<Label>(
  rows: readonly string[],
  labelOf: (text: string, row: number) => Label | undefined,
): Drawing<Label> {
  if (rows.length > MOST_ROWS || rows.some(({ length }) => length > MOST_COLUMNS))
    return { boxes: [], links: [] };
  const strokes = strokesOf(rows);
  const boxes: DrawnBox<Label>[] = [];
  rows.forEach((text, row) => {
    for (const run of runsOf(text, row, strokes)) {
      const label = labelOf(run.text, row);
      const right = run.at + run.text.length - 1;
      if (label !== undefined) boxes.push({ label, row, left: run.at, right, bottom: row });
      else goOn(boxes, row, run.at, right);
    }
  });
  return { boxes, links: linksOf(strokes, boxes) };
}

/** Words right below one box are its words, too. */
function goOn<Label>(
  boxes: readonly DrawnBox<Label>[],
  row: number,
  left: number,
  right: number,
): void {
  const above = boxes.filter(
    (box) => box.bottom === row - 1 && box.left <= right && left <= box.right,
  );
  const [only, another] = above;
  if (!only || another) return;
  only.bottom = row;
  only.right = Math.max(only.right, right);
}

type Strokes = ReadonlyMap<number, Stroke>;
const cell = (row: number, column: number): number => row * (MOST_COLUMNS + 2) + column + 1;

function strokesOf(rows: readonly string[]): Strokes {
  const strokes = new Map<number, Stroke>();
  rows.forEach((text, row) => {
    for (let column = 0; column < text.length; column++) {
      const sign = text[column] ?? "";
      const points = HEADS.get(sign) ?? plainHead(rows, row, column);
      const ways = points ? [BACK[points]] : (WAYS.get(sign) ?? plainLine(text, column));
      if (ways) strokes.set(cell(row, column), { row, column, ways, points });
    }
  });
  return strokes;
}

/** `-->`, `<--`, and a `v` under a line. */
function plainHead(rows: readonly string[], row: number, column: number): Way | undefined {
  const text = rows[row] ?? "";
  const [before, sign, after] = [text[column - 1] ?? " ", text[column], text[column + 1] ?? " "];
  if (sign === ">" && /[-─━═]/.test(before)) return "right";
  if (sign === "<" && /[-─━═]/.test(after)) return "left";
  const above = rows[row - 1]?.[column] ?? " ";
  const alone = before === " " && after === " ";
  return (sign === "v" || sign === "V") && alone && /[|│┃║]/.test(above) ? "down" : undefined;
}

const drawn = (sign: string): boolean => /[-+<>|]/.test(sign) || WAYS.has(sign);

/** Lines of plain characters: `--`, `|`, and `+` at the end of one. A hyphen in a word is none. */
function plainLine(text: string, column: number): readonly Way[] | undefined {
  const [before, sign, after] = [text[column - 1] ?? " ", text[column], text[column + 1] ?? " "];
  if (sign === "-") return drawn(before) || drawn(after) ? ["left", "right"] : undefined;
  if (sign === "|") return ["up", "down"];
  if (sign !== "+") return undefined;
  return before === "-" || after === "-" ? ["up", "right", "down", "left"] : undefined;
}

interface Run {
  readonly text: string;
  readonly at: number;
}

/** Words with single blanks between them. */
function runsOf(text: string, row: number, strokes: Strokes): readonly Run[] {
  const runs: Run[] = [];
  let at = -1;
  let last = -1;
  const close = (): void => {
    if (at >= 0) runs.push({ text: text.slice(at, last + 1), at });
    at = -1;
  };
  for (let column = 0; column < text.length; column++) {
    if (strokes.has(cell(row, column))) close();
    else if (!/\s/.test(text[column] ?? "")) {
      if (at >= 0 && column - last > 2) close();
      if (at < 0) at = column;
      last = column;
    }
  }
  close();
  return runs;
}

interface Net<Label> {
  /** Boxes at the ends of lines, by the way that the line leads there. */
  readonly ends: { readonly box: DrawnBox<Label>; readonly way: Way; readonly head: boolean }[];
  crossed: boolean;
}

const onward = (way: Way): boolean => way === "down" || way === "right";

/** A line without a head leads down and to the right, unless heads elsewhere on it show that it leads back. */
function sidesOf<Label>({ ends }: Net<Label>) {
  const heads = ends.filter(({ head }) => head);
  const back = heads.length > 0 && !heads.some(({ way }) => onward(way));
  const boxes = (reached: boolean) =>
    new Set(
      ends
        .filter(({ way, head }) => (head || (onward(way) && !back)) === reached)
        .map(({ box }) => box),
    );
  return { sources: boxes(false), targets: boxes(true) };
}

function linksOf<Label>(
  strokes: Strokes,
  boxes: readonly DrawnBox<Label>[],
): readonly DrawnLink<Label>[] {
  const seen = new Set<Stroke>();
  const byRow = new Map<number, DrawnBox<Label>[]>();
  for (const box of boxes)
    for (let row = box.row; row <= box.bottom; row++)
      byRow.set(row, [...(byRow.get(row) ?? []), box]);
  return [...strokes.values()].flatMap((stroke) => {
    if (seen.has(stroke)) return [];
    const net = follow(stroke, { strokes, byRow, seen });
    const { sources, targets } = sidesOf(net);
    if (net.crossed && sources.size > 1 && targets.size > 1) return [];
    if (sources.size * targets.size > MOST_LINKS) return [];
    if ([...sources].some((box) => targets.has(box))) return [];
    return [...sources].flatMap((from) => Array.from(targets, (to) => ({ from, to })));
  });
}

interface Sheet<Label> {
  readonly strokes: Strokes;
  readonly byRow: ReadonlyMap<number, readonly DrawnBox<Label>[]>;
  readonly seen: Set<Stroke>;
}

/** All that is joined to a stroke, and the boxes at its ends. */
function follow<Label>(start: Stroke, sheet: Sheet<Label>): Net<Label> {
  const net: Net<Label> = { ends: [], crossed: false };
  const open = [start];
  sheet.seen.add(start);
  for (let stroke = open.pop(); stroke; stroke = open.pop()) {
    if (stroke.ways.length === 4) net.crossed = true;
    for (const way of stroke.points ? [...stroke.ways, stroke.points] : stroke.ways) {
      const next = beside(stroke, way, sheet.strokes);
      if (next && way !== stroke.points) {
        if (!sheet.seen.has(next)) open.push(next);
        sheet.seen.add(next);
      } else if (!next) {
        const box = boxAt(stroke, way, sheet);
        if (box) net.ends.push({ box, way, head: way === stroke.points });
      }
    }
  }
  return net;
}

/** The stroke next to one, if they lead to each other. */
function beside({ row, column }: Stroke, way: Way, strokes: Strokes): Stroke | undefined {
  const [down, across] = STEPS[way];
  const next = strokes.get(cell(row + down, column + across));
  return next?.ways.includes(BACK[way]) === true ? next : undefined;
}

/** The box that a line ends at: right above or below, or at most two blanks away beside it. */
function boxAt<Label>(
  { row, column }: Stroke,
  way: Way,
  { byRow, strokes }: Sheet<Label>,
): DrawnBox<Label> | undefined {
  const [down, across] = STEPS[way];
  if (down !== 0)
    return byRow
      .get(row + down)
      ?.find(
        (box) =>
          column >= box.left &&
          column <= box.right &&
          (down < 0 ? box.bottom === row - 1 : box.row === row + 1),
      );
  for (let far = 1; far <= 3; far++) {
    const at = column + across * far;
    if (strokes.has(cell(row, at))) return undefined;
    const box = byRow.get(row)?.find(({ left, right }) => at === (across > 0 ? left : right));
    if (box) return box;
  }
  return undefined;
}
