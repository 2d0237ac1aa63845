import { normalId } from "../../../../../stage/checks/ids.ts";
import { blocks, bullets, cell, sentenceList, table } from "../../synthesis/markdown.ts";
import { bindingRules } from "./beside-lines.ts";
import type { ImplementationModel } from "./implementation-model.ts";

/** Each gate, when it is passed, and what happens if it is not. */
function gatesOf(model: ImplementationModel): readonly (readonly string[])[] {
  const { tests, basis } = model.facts;
  const used = (tests?.cases ?? [])
    .filter(({ level }) => /in use/i.test(level))
    .flatMap(({ requirements }) => requirements.filter((id) => id.startsWith("SC-")));
  const criteria = basis.spec.criteria
    .map(({ id }) => normalId(id))
    .filter((id) => !used.includes(id));
  return [
    ...model.phases.map(({ number, title, verify }) => [
      `End of phase ${number}, ${title}`,
      `${verify.length === 1 ? "the line under VERIFY Phase" : `all ${verify.length} lines under VERIFY Phase`} ${number} ${verify.length === 1 ? "holds" : "hold"}, and all earlier cases still pass`,
      number === 1
        ? "no work of the next phase begins on what fails"
        : "what fails becomes a task before the next phase",
    ]),
    ...(criteria.length > 0
      ? [
          [
            "Release",
            `${sentenceList(criteria)} measured and met`,
            "named with the measured figure; whoever approved the plan decides",
          ],
        ]
      : []),
    ...(used.length > 0
      ? [
          [
            "In use",
            `${sentenceList(used)} recorded from the first day`,
            "release waits until the record runs",
          ],
        ]
      : []),
  ];
}

/** `## Quality gates`: what must hold at each checkpoint, when a task is done, and what is written down on the way. */
export function gateSection(model: ImplementationModel): string {
  return blocks(
    "## Quality gates",
    table(
      ["Gate", "Passed when", "Otherwise"],
      gatesOf(model).map((row) => row.map((text) => cell(text))),
    ),
    blocks(
      "**A task is done when**",
      bullets([
        "the cases named below it pass, and no other case fails that passed before;",
        "what it changed about a module's contract or records is changed in this document too;",
        "somebody else has read it.",
      ]),
    ),
    bindingRules(model),
    blocks(
      "**Written down on the way**",
      bullets([
        "progress at every checkpoint;",
        "each problem found, with what was done about it;",
        "each deviation from the module architecture, with its reason, before it is built on.",
      ]),
    ),
  );
}
