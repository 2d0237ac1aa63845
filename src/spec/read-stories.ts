import type { Place } from "../core/place.ts";
import { wholeBody, type Heading, type Item } from "./blocks.ts";
import { placeAt, sliceFolded, tidy, type Folded } from "../core/markdown/folded.ts";
import { leadingId } from "./item-id.ts";
import type { Priority, Story } from "./model.ts";
import type { Spot } from "./outline.ts";
import { priorityIn } from "./priority.ts";
import { ScenarioReader } from "./scenarios.ts";
import { stepColumn, stepsOf } from "./step-words.ts";
import { partOfHeading, storyHeading, storyPart, type StoryPart } from "./story-words.ts";
import type { Row } from "../core/markdown/table-row.ts";

type Region = StoryPart | "narrative";

interface Draft {
  readonly id: string;
  readonly place: Place;
  readonly level: number;
  title: string;
  priority: Priority | undefined;
  /** Listed in one line; a heading elsewhere may bring its title and scenarios. */
  readonly listed: boolean;
  readonly narrative: string[];
  readonly why: string[];
  readonly test: string[];
  readonly scenarios: ScenarioReader;
}

const textOf = (parts: readonly string[]): string | undefined => {
  const text = tidy(parts.join(" "));
  return text === "" ? undefined : text;
};

/** Reads the stories out of a spec's blocks in one pass. */
class StoryReader {
  readonly #stories: Draft[] = [];
  readonly #byId = new Map<string, Draft>();
  #current: Draft | undefined;
  #region: Region = "narrative";
  #columns: readonly (string | undefined)[] = [];

  read(spot: Spot): void {
    const { block } = spot;
    if (block.kind === "heading") return this.#heading(block, spot);
    if (block.kind === "row") return this.#row(block, spot);
    if (block.kind === "item") return this.#item(block, spot);
    this.#text(block.body, false);
  }

  all(): readonly Story[] {
    return this.#stories.map((draft) => ({
      ...draft.place,
      id: draft.id,
      title: draft.title,
      priority: draft.priority,
      narrative: textOf(draft.narrative) ?? "",
      why: textOf(draft.why),
      independentTest: textOf(draft.test),
      scenarios: draft.scenarios.all(),
    }));
  }

  #open(place: Place, number: string | undefined, about: Partial<Draft>): void {
    const draft: Draft = {
      id: `US${number ?? this.#freeNumber()}`,
      place,
      level: 7,
      title: "",
      priority: undefined,
      listed: false,
      narrative: [],
      why: [],
      test: [],
      scenarios: new ScenarioReader(),
      ...about,
    };
    this.#stories.push(draft);
    if (!this.#byId.has(draft.id)) this.#byId.set(draft.id, draft);
    this.#current = draft;
    this.#region = "narrative";
  }

  #freeNumber(): number {
    let number = this.#stories.length + 1;
    while (this.#byId.has(`US${number}`)) number++;
    return number;
  }

  #heading(block: Heading, spot: Spot): void {
    const { text } = block.body;
    this.#current?.scenarios.end();
    const found = block.level > 1 && ALLOWED.has(spot.kind) ? storyHeading(text) : undefined;
    if (found) return this.#storyHeading(block, found.number, found.title, spot);
    const part = partOfHeading(text);
    if (this.#current && block.level > this.#current.level) {
      this.#region = part;
      return;
    }
    this.#current = part === "scenarios" ? this.#stories.at(-1) : undefined;
    this.#region = part;
  }

  #storyHeading(block: Heading, number: string | undefined, title: string, spot: Spot): void {
    const under = spot.path
      .slice(0, -1)
      .some((outer) => partOfHeading(outer.title) === "scenarios");
    const same = this.#byId.get(`US${number}`);
    const known = same && (under || same.listed) ? same : undefined;
    const priority = priorityIn(block.body.text);
    if (known) {
      if (known.listed && title !== "") known.title = title;
      known.priority ??= priority;
      this.#current = known;
      this.#region = under ? "scenarios" : "narrative";
      return;
    }
    this.#open(placeAt(block.body, 0), number, { level: block.level, title, priority });
  }

  #row(row: Row, spot: Spot): void {
    if (row.separator) return;
    const roles = row.cells.map((cell) => stepColumn(cell.text));
    if (roles.includes("given") || roles.includes("then")) {
      this.#columns = roles;
      return;
    }
    const [first, second] = row.cells;
    const id = first && leadingId(sliceFolded(first, 0));
    const bare = /^(?:\*\*)?US[-_ ]?(\d{1,3}[a-z]?)(?:\*\*)?$/i.exec(first?.text ?? "")?.[1];
    if (spot.kind === "stories" && first && second && (bare ?? id?.family === "US")) {
      const priority = row.cells.slice(1).map((cell) => priorityIn(cell.text));
      this.#list(
        first,
        bare ?? "",
        second.text,
        priority.find((one) => one !== undefined),
      );
    } else if (this.#current && this.#columns.length > 0) {
      this.#stepRow(row);
    }
  }

  /** A row of a table with columns Given, When and Then. */
  #stepRow(row: Row): void {
    const texts = row.cells.flatMap((cell, index) => {
      const role = this.#columns[index];
      return role === undefined ? [] : [`**${role}** ${cell.text}`];
    });
    const first = row.cells[this.#columns.findIndex((role) => role !== undefined)];
    if (first && texts.length > 0)
      this.#current?.scenarios.add(
        { text: texts.join(" "), pieces: first.pieces },
        { always: true },
      );
  }

  #list(body: Folded, number: string, text: string, priority: Priority | undefined): void {
    const place = placeAt(body, Math.max(0, body.text.search(/us/i)));
    this.#open(place, number.toLowerCase(), {
      title: tidy(text),
      narrative: [text],
      priority,
      listed: true,
    });
    this.#current = undefined;
  }

  #item(item: Item, spot: Spot): void {
    this.#columns = [];
    const id = leadingId(item.body);
    if (spot.kind === "stories" && id?.family === "US" && stepsOf(item.body, false).length === 0) {
      const text = item.body.text.slice(id.rest);
      this.#list(
        item.body,
        id.id.replace(/^US[-_]?0*(?=\d)/, ""),
        text,
        priorityIn(item.body.text),
      );
      return;
    }
    if (!this.#current) return;
    const labelled = item.children.length > 0 && storyPart(item.body.text)?.part;
    if (labelled && labelled !== "other") {
      this.#text(item.body, true);
      for (const child of item.children) this.#text(wholeBody(child), true);
    } else this.#text(wholeBody(item), true);
  }

  #text(body: Folded, listed: boolean): void {
    const story = this.#current;
    if (!story) return;
    const label = storyPart(body.text);
    const labelled = label !== undefined && label.part !== "other";
    if (!labelled && story.scenarios.add(body, { loose: this.#region === "scenarios" })) {
      this.#region = "scenarios";
      return;
    }
    if (label && !(label.part === "other" && listed)) {
      story.scenarios.end();
      this.#region = label.part;
      const rest = sliceFolded(body, label.from);
      if (rest.text !== "") this.#put(story, rest, false);
      return;
    }
    this.#put(story, body, listed);
  }

  #put(story: Draft, body: Folded, listed: boolean): void {
    switch (this.#region) {
      case "narrative":
        story.narrative.push(body.text);
        break;
      case "why":
        story.why.push(body.text);
        break;
      case "test":
        story.test.push(body.text);
        break;
      case "scenarios":
        story.scenarios.add(body, { always: listed, loose: true });
        break;
      case "priority":
        story.priority ??= priorityIn(body.text);
        break;
      case "other":
        break;
    }
  }
}

/** Sections in which a heading like "US1 …" opens a story. */
const ALLOWED: ReadonlySet<string> = new Set(["stories", "other", "context", "requirements"]);

export function readStories(spots: readonly Spot[]): readonly Story[] {
  const reader = new StoryReader();
  for (const spot of spots) reader.read(spot);
  return reader.all();
}
