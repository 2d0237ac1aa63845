import type { RecordedEvent, RunEvent } from "../../core/event.ts";
import { isPlanEvent } from "../../core/plan-event.ts";
import { eventAttributes, levelOf } from "./event-attributes.ts";
import { PlanSpans } from "./plan-spans.ts";
import { SpanTree } from "./span-tree.ts";
import type { Trace, TraceLog } from "./span.ts";

const RUN = "run";

/**
 * The trace of a run as far as it is recorded: spans for the run, its stages, roles, calls of agents, waits at gates and
 * holds, and of plans that it carries out (`plan-spans.ts`); every event as a log line in the span it belongs to. The same events give the same trace, and more events only
 * add to it: a span that has ended does not change any more.
 */
export function traceOf(runId: string, records: readonly RecordedEvent[]): Trace {
  const tree = new SpanTree();
  const logs: TraceLog[] = [];
  const first = records[0];
  if (!first) return { runId, spans: [], logs };
  tree.open({ key: RUN, kind: "run", name: "run", at: Date.parse(first.at) });
  tree.say(RUN, { "wavegate.run.id": runId });
  const plans = new PlanSpans(tree, RUN);
  for (const { seq, at, event } of records) {
    const time = Date.parse(at);
    const span = isPlanEvent(event)
      ? plans.place(event, { seq, at: time })
      : place(tree, { seq, at: time, event });
    const attributes = eventAttributes(event);
    logs.push({
      seq,
      at: time,
      name: `wavegate.${event.type}`,
      level: levelOf(event),
      span,
      attributes,
    });
    if (!OWN_SPAN.has(event.type)) tree.note(span, { name: event.type, at: time, attributes });
  }
  return { runId, spans: tree.spans(), logs };
}

/** Events that begin or end a span, and so are not noted in it besides. */
const OWN_SPAN: ReadonlySet<RunEvent["type"]> = new Set([
  "run-started",
  "run-finished",
  "stage-started",
  "agent-started",
  "agent-finished",
  "role-settled",
  "gate-opened",
  "gate-decided",
  "stage-held",
  "stage-resumed",
  "work-requested",
  "check-finished",
  "landing-started",
  "landing-finished",
  "plan-run-held",
]);

interface Happened {
  readonly seq: number;
  readonly at: number;
  readonly event: RunEvent;
}

/** Open and close spans by an event; gives the key of the span that it belongs to. */
function place(tree: SpanTree, { seq, at, event }: Happened): string {
  const end = { ms: at, seq };
  if (event.type === "run-started") {
    tree.rename(RUN, event.workflow);
    tree.say(RUN, eventAttributes(event));
    return RUN;
  }
  if (event.type === "run-finished") {
    tree.say(RUN, eventAttributes(event));
    tree.close(
      RUN,
      end,
      event.status === "failed" || event.status === "canceled" ? event.status : undefined,
    );
    return RUN;
  }
  if (!("stage" in event)) return RUN;
  const stage = stageOf(tree, event, end);
  if ("role" in event) return roleEvent(tree, stage, { seq, at, event });
  const attributes = eventAttributes(event);
  const gate = "round" in event ? `${stage}/gate/${event.round}` : "";
  const wait = `${stage}/wait/`;
  if (event.type === "gate-opened")
    return tree.open({
      key: gate,
      kind: "gate",
      name: `gate ${event.stage}`,
      at,
      parent: stage,
      attributes,
    });
  if (event.type === "gate-decided") {
    tree.say(gate, attributes);
    return tree.close(gate, end);
  }
  if (event.type === "stage-held" || event.type === "work-requested") {
    const held = event.type === "stage-held";
    return tree.open({
      key: `${wait}${tree.count(wait) + 1}`,
      kind: held ? "hold" : "work",
      name: held ? `hold ${event.code}` : `work ${event.stage}`,
      at,
      parent: stage,
      attributes,
      ...(held ? { error: event.code } : {}),
    });
  }
  if (event.type === "stage-resumed") return tree.close(`${wait}${tree.count(wait)}`, end);
  return stage;
}

/** The span of the stage that an event is about; a stage that starts ends the one before it. */
function stageOf(
  tree: SpanTree,
  event: Extract<RunEvent, { readonly stage: string }>,
  end: { readonly ms: number; readonly seq: number },
): string {
  const current = tree.lastOpen("stage");
  const name = `stage ${event.stage}`;
  if (current !== undefined && tree.nameOf(current) === name && event.type !== "stage-started")
    return current;
  // Held before it could start: it is the same stage still.
  if (
    current !== undefined &&
    tree.nameOf(current) === name &&
    !tree.has(current, "wavegate.roles")
  ) {
    tree.say(current, eventAttributes(event));
    return current;
  }
  if (current !== undefined) tree.close(current, end);
  const key = `stage/${tree.count("stage/") + 1}`;
  const attributes =
    event.type === "stage-started" ? eventAttributes(event) : { "wavegate.stage": event.stage };
  return tree.open({ key, kind: "stage", name, at: end.ms, parent: RUN, attributes });
}

type RoleEvent = Extract<RunEvent, { readonly role: string }>;

function roleEvent(
  tree: SpanTree,
  stage: string,
  { seq, at, event }: Omit<Happened, "event"> & { readonly event: RoleEvent },
): string {
  const open = tree.openKeys("role").find((key) => tree.is(key, { stage, role: event.role }));
  const role =
    open ??
    tree.open({
      key: `${stage}/role/${event.role}/${tree.count(`${stage}/role/${event.role}/`) + 1}`,
      kind: "role",
      name: `role ${event.role}`,
      at: event.type === "agent-finished" ? at - event.durationMs : at,
      parent: stage,
      attributes: { "wavegate.stage": event.stage, "wavegate.role": event.role },
    });
  if (event.type === "role-settled") {
    tree.say(role, eventAttributes(event));
    return tree.close(
      role,
      { ms: at, seq },
      event.status === "succeeded" ? undefined : event.status,
    );
  }
  if (event.type === "agent-retried") return role;
  const said = { "gen_ai.operation.name": "invoke_agent", ...eventAttributes(event) };
  const call = tree.openKeys("call").find((key) => key.startsWith(`${role}/call/`));
  if (event.type === "agent-started" || call === undefined) {
    const key = `${role}/call/${tree.count(`${role}/call/`) + 1}`;
    const from = event.type === "agent-finished" ? at - event.durationMs : at;
    const name = `invoke_agent ${event.agent}`;
    tree.open({ key, kind: "call", name, at: from, parent: role, attributes: said });
    if (event.type === "agent-started") return key;
    return tree.close(key, { ms: at, seq }, errorOf(event));
  }
  tree.say(call, said);
  return tree.close(call, { ms: at, seq }, errorOf(event));
}

const errorOf = (event: Extract<RunEvent, { readonly type: "agent-finished" }>) => {
  const kind = eventAttributes(event)["error.type"];
  return typeof kind === "string" ? kind : undefined;
};
