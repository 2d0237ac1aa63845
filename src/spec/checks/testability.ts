import { oneLine } from "../../core/text.ts";
import type { Spec } from "../model.ts";
import { stemsOf, termsOf } from "../terms.ts";
import { finding, type Check } from "./passage.ts";

/** What anyone can see happen or not: a number, quoted text, code, an error, something shown, stored, refused … */
const OBSERVABLE = new RegExp(
  [
    '[\\d"“«`%<>≤≥=]',
    "\\b(?:display|show|render|list|return|respond|reject|refuse|deny|denie|block|prevent|redirect|navigate|send|sent|email|notif|log(?:s|ged)?|record|store|stored|save|persist|create|update|delete|remove|add|display|hide|expire|invalidat|require|validat|verif|hash|encrypt|sort|filter|paginat|search|upload|download|export|import|generate|calculat|comput|assign|revoke|expose|allow|permit|enable|disable|accept|cancel|confirm|warn|error|message|fail|print|exit|write|read|overwrit|preserve|match|identical|unique|only|exactly|never|cannot|must not|contain|include|count|install|copy|copie|run(?:s|ning)?\\b|execut|invoke|call|emit|format|parse|detect|skip|stop|abort|retry|open|close|select|default|mark|track|retain|label|name[ds]?|register|login|authenticat|authoriz|migrat|schedul|trigger|lock|limit|associat|belong|link|convert|publish|deploy|restor|backup|provide|view|visual|visible|indicat|appear|present|access|edit|change|choose|enter|submit|click|enforce|support|exclusive|without|apply|applied)",
    "\\b(?:see|all|every|each|no|none|two|three|both|tap)\\b",
    "afficher|renvoyer|refuser|envoyer|créer|supprimer|enregistrer|mostrar|rechazar|enviar|crear|eliminar|registrar|exibir|rejeitar|criar|excluir|anzeigen|ablehnen|senden|erstellen|löschen|speichern|表示|送信|保存|拒否|作成|削除|显示|发送|保存|拒绝|创建|删除|표시|전송|저장|거부|생성|삭제",
  ].join("|"),
  "iu",
);

/** All that says how something is tried out: scenarios, independent tests, criteria, edge cases. */
const evidenceOf = (spec: Spec): readonly ReadonlySet<string>[] =>
  [
    ...spec.stories.flatMap((story) => [
      story.independentTest ?? "",
      ...story.scenarios.map(({ text }) => text),
    ]),
    ...[...spec.criteria, ...spec.edgeCases].map(({ text }) => text),
  ]
    .filter((text) => text !== "")
    .map(stemsOf);

/** Stems that stand in more than a quarter of the texts say nothing about what a text is about. */
function rareIn(evidence: readonly ReadonlySet<string>[]): (stem: string) => boolean {
  const counts = new Map<string, number>();
  for (const text of evidence)
    for (const stem of text) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return (stem) => (counts.get(stem) ?? 0) <= Math.max(2, evidence.length / 4);
}

/**
 * A requirement with no way to test it (ISO 29148 "verifiable"): it names nothing that can be observed, and no
 * scenario, criterion or edge case speaks of the same matter. Silent in doubt.
 */
export const checkTestability: Check = ({ spec }) => {
  const evidence = evidenceOf(spec);
  const rare = rareIn(evidence);
  return spec.requirements.flatMap((requirement) => {
    const { text } = requirement;
    if (OBSERVABLE.test(text) || termsOf(text).length === 0 || /^[^\p{Script=Latin}]*$/u.test(text))
      return [];
    const stems = [...stemsOf(text)].filter(rare);
    const related = evidence.some((one) => {
      const shared = stems.filter((stem) => one.has(stem)).length;
      return shared >= 3 || (shared >= 2 && shared * 3 >= stems.length);
    });
    if (related) return [];
    return [
      finding(spec, ["SPEC_UNTESTABLE_REQUIREMENT", "warning"], requirement, [
        `Nothing says how to test ${requirement.id}: it names no observable outcome and no scenario or criterion covers it: "${oneLine(text, 60)}".`,
        "Add an acceptance scenario or a success criterion, or say what can be observed when it is met.",
      ]),
    ];
  });
};
