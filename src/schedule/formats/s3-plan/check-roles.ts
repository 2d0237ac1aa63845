import { field, find, items, placeOf } from "../../../core/json-values.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { namesIn, type ExecutionPlan, type NamedValue } from "./execution-plan.ts";
import { participantLists, participantsIn } from "./participants.ts";

/** Roles that decide, approve or take part and stand in no hierarchy of decisions. Nothing where there is no hierarchy. */
export function checkRoles(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const protocols = field(plan.root, "coordination_protocols");
  const making = field(protocols, "decision_making");
  const hierarchy = namesIn(field(making, "decision_hierarchy")).map(({ name }) => name);
  if (hierarchy.length === 0) return [];
  const known = new Set(hierarchy.map(roleKey));
  const deciding = [
    ...items(field(making, "decision_types")).flatMap((item) => namesIn(item)),
    ...items(find(plan.root, "quality_gates")).flatMap((gate) =>
      namesIn(field(gate, "approval_required")),
    ),
    ...items(field(protocols, "communication_schedule")).flatMap((meeting) =>
      namesIn(field(meeting, "decision_authority")),
    ),
  ];
  const present = participantLists(plan).flatMap((list) =>
    participantsIn(plan, list).filter(({ kind }) => kind === "role"),
  );
  const told = (does: string) => (one: NamedValue) =>
    known.has(roleKey(one.name)) ? [] : [unknown(one, does, hierarchy)];
  return [...deciding.flatMap(told("decides or approves")), ...present.flatMap(told("takes part"))];
}

function unknown(
  { name, value }: NamedValue,
  does: string,
  hierarchy: readonly string[],
): ScheduleDiagnostic {
  const last = lastWord(name);
  const near = hierarchy.filter((each) => lastWord(each) === last);
  return {
    ...report(
      "SCHEDULE_ROLE_UNKNOWN",
      placeOf(value),
      `${quoted(name)} ${does}, but is not in decision_hierarchy`,
    ),
    ...(near.length > 0 && {
      hint: `Add the role to decision_hierarchy, or name one that is there: ${near.map(quoted).join(", ")}.`,
    }),
  };
}

/** `Tech_Leads` and `tech lead` are one role. */
const roleKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_\s-]+/g, " ")
    .trim()
    .replace(/s$/, "");

const lastWord = (name: string): string => roleKey(name).split(" ").at(-1) ?? "";
