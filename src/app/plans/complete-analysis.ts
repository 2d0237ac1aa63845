import type { AnalyzeAnswer, S4Answer, WrittenFinding } from "../../analysis/answer.ts";
import { s4Answers } from "../../analysis/s4-answers.ts";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { analyzePlans, type Analysis } from "./analyze-plans.ts";
import type { OpenPlan } from "./open-plan.ts";
import type { AnalyzeWish } from "./plan-cases.ts";
import { portsFor, type PlanPorts } from "./plan-ports.ts";
import { tickAnswered } from "./tick-answered.ts";
import { findingsFolder, folderNamed, writeFindings } from "./write-findings.ts";
import { writePage } from "./write-page.ts";

/** A plan that asks what an analysis answers. */
interface Asking {
  readonly open: OpenPlan;
  readonly answers: readonly S4Answer[];
}

/**
 * S4's analysis, with the page, files and ticks that were asked for, in this order; what is asked wrongly is refused before anything is
 * written. Throws what analysing, writing and editing can.
 */
export async function completeAnalysis(
  ports: PlanPorts,
  wish: AnalyzeWish,
): Promise<AnalyzeAnswer> {
  const there = await repositoryOf(ports, wish);
  const analysis = await analyzePlans(there, wish);
  const { input, findings } = analysis;
  const asking = analysis.opened.flatMap((open): readonly Asking[] => {
    const answers = s4Answers(open.plan, findings, input);
    return answers.length > 0 ? [{ open, answers }] : [];
  });
  const asked = wish.tick === true ? oneAsking(asking, wish) : undefined;
  const folder = await folderFor(ports, wish, asked?.open ?? homeOf(analysis, asking));
  const page = wish.html === undefined ? undefined : await writePage(ports, analysis, wish.html);
  const written: readonly WrittenFinding[] =
    folder === undefined ? [] : await writeFindings(ports, folder, findings);
  return {
    plans: input.plans.map(({ name, file, plan }) => ({ name, file, title: plan.title })),
    unread: input.unread,
    more: analysis.more,
    repository: there.otherRoot ?? null,
    findings,
    ...(page === undefined ? {} : { page }),
    written,
    ticks: asked ? await tickAnswered(ports, { ...asked, written }) : [],
  };
}

/** The ports of the one repository that all paths lie in. Another one than the user's project is only read. */
async function repositoryOf(
  ports: PlanPorts,
  { paths, write, tick }: AnalyzeWish,
): Promise<PlanPorts> {
  const [first = ports, ...others] = paths.map((path) => portsFor(ports, path));
  const other = others.find(({ otherRoot }) => otherRoot !== first.otherRoot);
  if (other) {
    // Repositories below a project can be looked at from it, all at once.
    const named = await Promise.all(paths.map((path) => ports.planFiles.named(path)));
    if (named.every(({ ok }) => ok)) return ports;
    throw new WavegateError("USAGE", "These paths lie in different repositories.", {
      hint: `Analyse each by itself: ${rootOf(first)}, and ${rootOf(other)}.`,
    });
  }
  if (first.otherRoot !== undefined && (write === true || tick === true))
    throw new WavegateError(
      "USAGE",
      "What lies in another repository is only read: --write and --tick would change it.",
      {
        hint: "Run wavegate there, or say where in this project the findings go with: --output DIR",
        place: { file: first.otherRoot },
      },
    );
  return first;
}

const rootOf = ({ otherRoot }: PlanPorts) => oneLine(otherRoot ?? "this project", 200);

function oneAsking(asking: readonly Asking[], { output }: AnalyzeWish): Asking {
  const [asked, another] = asking;
  if (!asked)
    throw new WavegateError("USAGE", "None of these plans asks what an analysis answers.", {
      hint: "--tick is for S4's analysis plan; name it along with the plans to analyse.",
    });
  if (another)
    throw new WavegateError("USAGE", "Several of these plans ask what an analysis answers.", {
      hint: `Leave out all but one of them: ${asking.map(({ open }) => oneLine(open.head.file, 120)).join(", ")}`,
    });
  if (output !== undefined)
    throw new WavegateError("USAGE", "--tick and --output don't go together.", {
      hint: "A tick says that the finding is in the plan's own folder. Leave --output out.",
      place: { file: asked.open.head.file },
    });
  return asked;
}

/** The plan that asks for the findings, or the only one. */
function homeOf({ opened }: Analysis, asking: readonly Asking[]): OpenPlan | undefined {
  const candidates = asking.length > 0 ? asking.map(({ open }) => open) : opened;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Where findings go: where the user says, else to the plan that they are for. Undefined where nobody wants them. */
async function folderFor(
  { planFiles }: PlanPorts,
  { write, output, tick }: AnalyzeWish,
  home: OpenPlan | undefined,
): Promise<string | undefined> {
  if (output !== undefined) return folderNamed(planFiles, output);
  if (write !== true && tick !== true) return undefined;
  if (home) return findingsFolder(home);
  throw new WavegateError("USAGE", "Several plans were analysed; whose folder is meant?", {
    hint: "Say where the findings go with: --output DIR",
  });
}
