import { placeOn } from "../../core/markdown/source-lines.ts";
import { oneLine } from "../../core/text.ts";
import type { FilePlace } from "../../core/place.ts";
import { readDrawing, type DrawnBox, type DrawnLink } from "../annotations/drawing.ts";
import { spend } from "../annotations/plan-index.ts";
import type { IdGrammar } from "../annotations/id-grammar.ts";
import { readReferences, type Reference } from "../annotations/references.ts";
import { tellWords } from "./apply-notes.ts";
import type { DraftNote } from "./draft.ts";
import { connect, endsOf, firstTime, type Ends, type Plot } from "./edges.ts";

interface Drawn {
  readonly links: readonly DrawnLink<Reference>[];
  readonly notes: readonly DraftNote[];
}

/** What a fence draws over several lines, and the notes that are to be read line by line, as no words of them stand in a drawing. */
export interface CutDrawings {
  readonly drawings: readonly Drawn[];
  readonly rest: readonly DraftNote[];
}

/** Find the drawings of phases among notes. Words of a drawing are not read a second time, line by line. */
export function cutDrawings(notes: readonly DraftNote[], grammar: IdGrammar): CutDrawings {
  const drawings: Drawn[] = [];
  const inside = new Set<DraftNote>();
  for (const group of fences(notes)) {
    const rows = group.map(({ lines }) => lines[0]?.text ?? "");
    if (!rows.some((row) => /[│┃║┌┐└┘├┤┬┴┼▼▲↓↑|]/.test(row))) continue;
    const { boxes, links } = readDrawing(rows, (text) => labelOf(text, grammar));
    if (links.length === 0) continue;
    drawings.push({ links, notes: group });
    for (const { row } of boxes) {
      const note = group[row];
      if (note) inside.add(note);
    }
  }
  return { drawings, rest: notes.filter((note) => !inside.has(note)) };
}

/** Lines of diagrams that follow each other. */
function fences(notes: readonly DraftNote[]): readonly (readonly DraftNote[])[] {
  const groups: DraftNote[][] = [];
  let last = -1;
  for (const note of notes) {
    if (note.kind !== "diagram") continue;
    const number = note.lines[0]?.number ?? 0;
    if (number === last + 1) groups.at(-1)?.push(note);
    else groups.push([note]);
    last = number;
  }
  return groups;
}

/** `Phase 3 (US1)`, `US2: Sharing`. Words that say more than a name, as that it can run in parallel, are no label. */
function labelOf(text: string, grammar: IdGrammar): Reference | undefined {
  const { references } = readReferences(text, 0, grammar);
  const [first, another] = references;
  const single = first !== undefined && another === undefined && first.to === undefined;
  const named = first?.kind === "phase" || first?.kind === "story";
  return single && named && !/parallel/i.test(text) ? first : undefined;
}

/**
 * Put drawings of phases into the plot. What the text says of a phase in words counts more: where a drawing lets it wait for one
 * that those words neither name nor imply, or for one that waits for it, that is told, and makes no edge.
 */
export function applyDrawings(drawings: readonly Drawn[], plot: Plot, file: string): void {
  const words = new Map(plot.stated);
  for (const { links, notes } of drawings)
    for (const { from, to } of links) {
      if (!spend(plot.index, plot.after.size)) return;
      const place = placeOf(to, notes, file);
      const earlier = phasesOf(from, plot, place);
      const later = phasesOf(to, plot, place);
      const said = {
        origin: "explicit",
        strength: "hard",
        place,
        reason: "drawn so",
      } as const;
      for (const before of earlier)
        for (const after of later)
          if (before !== after && !contradicted(plot, before, after, { words, place })) {
            const count = plot.phaseEdges.count;
            connect(plot, phaseEnds(before), phaseEnds(after), said);
            if (plot.phaseEdges.count > count) tellWords(plot, place);
          }
    }
}

const phaseEnds = (phase: string): Ends => ({ tasks: [], phases: [phase], inside: [] });

function placeOf(
  { row, left }: DrawnBox<Reference>,
  notes: readonly DraftNote[],
  file: string,
): FilePlace {
  const line = notes[row]?.lines[0];
  return { file, ...(line && placeOn(line, left)) };
}

const phasesOf = ({ label }: DrawnBox<Reference>, plot: Plot, place: FilePlace) =>
  endsOf(plot, { references: [label] }, { place }).phases;

interface Said {
  /** Where words say what a phase waits for. */
  readonly words: ReadonlyMap<string, FilePlace>;
  readonly place: FilePlace;
}

function contradicted(plot: Plot, before: string, after: string, { words, place }: Said): boolean {
  const turned = waitsFor(plot, before, after);
  const stated = words.get(after);
  if (!turned && (stated === undefined || waitsFor(plot, after, before))) return false;
  const [one, other] = [oneLine(after, 40), oneLine(before, 40)];
  if (firstTime(plot, `drawn ${one} ${other}`, place))
    plot.diagnostics.push({
      code: "PLAN_DIAGRAM_CONTRADICTS",
      severity: "warning",
      message: turned
        ? `The drawing lets phase ${one} wait for phase ${other}, which waits for phase ${one}`
        : `The drawing lets phase ${one} wait for phase ${other}, which what is written of phase ${one} does not name`,
      place,
      hint: "Let the drawing and the list say the same; the list counts here.",
      ...(stated && {
        related: [{ message: `what is written of phase ${one}`, place: stated }],
      }),
    });
  return true;
}

/** Whether a phase waits for another one, directly or not. */
function waitsFor({ after }: Plot, phase: string, other: string): boolean {
  const seen = new Set([phase]);
  for (const each of seen) for (const before of after.get(each)?.keys() ?? []) seen.add(before);
  return phase !== other && seen.has(other);
}
