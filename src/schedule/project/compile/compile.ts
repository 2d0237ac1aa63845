import { err, ok, type Result } from "../../../core/result.ts";
import type { CrewParts } from "../../solver/crew/crew-parts.ts";
import { axisOf, type Axis } from "../axis.ts";
import { checkProject } from "../check/check-project.ts";
import type { Link, Project } from "../project.ts";
import type { ScheduleDiagnostic } from "../report.ts";
import { breakCircles, hardCircles } from "./break-circles.ts";
import { People } from "./compile-people.ts";
import { draftOf, type CompiledNode } from "./draft.ts";
import { impossibleDeadlines } from "./impossible-deadlines.ts";
import { figuresOf, longestOf, partsOf } from "./parts-of.ts";
import { tickFor } from "./tick.ts";

/** A project as a solver's problem, with what is needed to read the solver's answer (`scheduleOf`). */
export interface Compiled {
  readonly project: Project;
  readonly axis: Axis;
  readonly parts: CrewParts;
  /** Activities of the problem: those of the project, then its sync points. */
  readonly nodes: readonly CompiledNode[];
  /** People by number. */
  readonly people: People["all"];
  /** Minutes of a tick. */
  readonly tick: number;
  /** Minutes of the axis up to which it is known who is away when; a schedule beyond is to be made anew with a longer one. */
  readonly horizon: number;
  readonly passedOver: readonly Link[];
  /** What is worth a look, and which links are passed over. */
  readonly problems: readonly ScheduleDiagnostic[];
}

export interface CompileOptions {
  /** Minutes of the axis; as long as everything takes one after the other, up to some decades, without it. */
  readonly horizon?: number;
}

/**
 * Compile a project. Gives all its problems if any is an error. Estimates become minutes of those who do the work: times what their level
 * takes longer, divided by the part of their time that is theirs to give, less the buffer. Rounded up to minutes.
 */
export function compile(
  project: Project,
  options: CompileOptions = {},
): Result<Compiled, readonly ScheduleDiagnostic[]> {
  const problems = checkProject(project);
  if (hasErrors(problems)) return err([...problems, ...hardCircles(project)]);
  const axis = axisOf(project);
  const people = new People(project);
  const draft = draftOf(project, axis, people);
  const ids = draft.nodes.map(({ id }) => id);
  const unbroken = breakCircles(project, ids, draft.arcs);
  const all = [...problems, ...unbroken.problems];
  if (hasErrors(all)) return err(all);
  const longest = longestOf(draft, people, unbroken.arcs);
  // Whole days: what is away to the end must not make the tick finer.
  const wanted = options.horizon ?? Math.min(longest * slack(project), DECADES);
  const horizon = Math.ceil(wanted / DAY) * DAY;
  const absences = people.all.map(({ person }) => axis.absencesOf(person, horizon));
  const tick = tickFor(
    figuresOf(draft, people, unbroken.arcs, absences),
    Math.max(longest, horizon) + longest,
  );
  const parts = partsOf({ draft, people, arcs: unbroken.arcs, absences, tick, project });
  return ok({
    project,
    axis,
    parts,
    nodes: draft.nodes,
    people: people.all,
    tick,
    horizon,
    passedOver: unbroken.passedOver,
    problems: [...all, ...impossibleDeadlines(project, parts, draft.nodes, tick)],
  });
}

const hasErrors = (problems: readonly ScheduleDiagnostic[]): boolean =>
  problems.some(({ severity }) => severity === "error");

const DAY = 1_440;

/** Minutes of the axis for which absences are made at first: twenty years of all hours. */
const DECADES = 20 * 366 * DAY;

/** How much longer the axis of all can be than the time of one. */
const slack = ({ calendars }: Project): number => (calendars.length > 1 ? 8 : 2);
