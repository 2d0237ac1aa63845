import type { IntegrationDesign } from "../../../../../stage/contracts/preparation.ts";
import { idRuns } from "../../synthesis/compact-lists.ts";
import { blocks, bullets, cell, inline, sentence, table } from "../../synthesis/markdown.ts";
import { fixedContracts } from "./beside-lines.ts";
import type { ImplementationModel } from "./implementation-model.ts";

const SECRET = /SECRET|PASSWORD|TOKEN|CREDENTIAL|PRIVATE/i;

/** `## Integration design`: each thing outside with what goes over the line, how it fails and what has to be set. */
export function integrationSection(model: ImplementationModel): string {
  const { facts } = model;
  const design = facts.integrations;
  if (!design)
    return blocks(
      "## Integration design",
      `There is no preparation of integrations (${inline(facts.missing.find(({ part }) => part === "integrations")?.reason ?? "not delivered")}).`,
    );
  return blocks(
    "## Integration design",
    design.integrations.length === 0 &&
      "Nothing outside the feature: neither specification nor plan names another system, file format or device.",
    ...design.integrations.map(integrationText),
    fixedContracts(model),
    design.configuration.length > 0 &&
      blocks(
        "### Configuration",
        table(
          ["Setting", "Meaning", "Secret", "For"],
          design.configuration.map(({ name, meaning, secret, source }) => [
            `\`${name.replace(/[`|\n]/g, "")}\``,
            cell(meaning),
            secret || SECRET.test(name) ? "**yes**" : "no",
            cell(source),
          ]),
        ),
        "Secret settings come from the environment or a secret store, never from the repository, and are never logged.",
      ),
  );
}

const integrationText = ({
  name,
  purpose,
  requirements,
  contract,
  adapter,
  errors,
}: IntegrationDesign["integrations"][number]): string =>
  blocks(
    `### ${inline(name)}`,
    bullets(
      [
        `Why: ${sentence(inline(purpose))}`,
        requirements.length > 0 && `For: ${inline(idRuns(requirements))}`,
        contract.operations.length > 0 &&
          `Asked of it: ${sentence(inline(contract.operations.join("; ")))}`,
        contract.events.length > 0 && `It tells: ${sentence(inline(contract.events.join("; ")))}`,
        `How: ${sentence(inline(adapter.pattern))} Because ${sentence(inline(adapter.reason))}`,
      ].filter((line) => typeof line === "string"),
    ),
    errors.length > 0
      ? table(
          ["When", "Then"],
          errors.map(({ failure, response }) => [cell(failure), cell(response)]),
        )
      : "Nothing says what happens when it fails.",
  );
