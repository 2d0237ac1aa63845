import type { Section } from "./model.ts";

export type SectionKind = Section["kind"];

/** Lower case, without accents, emphasis, numbering and `(mandatory)` marks: the form in which words are compared. */
export const plain = (text: string): string =>
  text
    .slice(0, 300)
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[*_`~#]/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** First match wins, so the narrower kinds come first. Compared with `plain` text. */
const KINDS: readonly (readonly [SectionKind, RegExp])[] = [
  [
    "out-of-scope",
    /\bout[- ]of[- ]scope\b|\bnon[- ]goals?\b|^exclusions?\b|\bnot in scope\b|\bhors (?:du )?(?:perimetre|scope|champ)\b|\bfuera (?:de|del) alcance\b|\bfora d[eo] escopo\b|\bfuori (?:ambito|portata)\b|nicht im (?:umfang|scope)|nicht-?ziele|ausserhalb des|abgrenzung|buiten (?:de )?(?:scope|bereik)|poza zakresem|вне рамок|не входит|スコープ外|対象外|範囲外|不在范围|范围之外|范围外|범위 ?외|범위 ?밖|제외/,
  ],
  [
    "edge-cases",
    /\b(?:edge|corner) cases?\b|\bcas (?:limites?|particuliers|aux limites|d'erreur)\b|\bcasos? (?:limites?|de borde|extremos?|bordes?|especia(?:l|les|is)|de limite)\b|\bcasi limite\b|grenzfalle|randfalle|sonderfalle|randgevallen|przypadki brzegowe|граничные|краиние случаи|エッジケース|例外ケース|边缘|边界|엣지|경계|예외/,
  ],
  [
    "clarifications",
    /\bclarifications?\b|\b(?:clarificaciones|aclaraciones|esclarecimentos|clarificacoes|chiarimenti)\b|klarungen|klarstellungen|уточнения|確認事項|明確化|澄清|명확화/,
  ],
  [
    "entities",
    /\bentit(?:y|ies|es?|a|ats)\b|\bentidades?\b|entitaten|\b(?:data|domain) model\b|\bmodel[eo] d[eo] (?:datos|dados|donnees)\b|modele de donnees|datenmodell|сущност|エンティティ|实体|엔터티|엔티티|개체/,
  ],
  [
    "success-criteria",
    /\bsuccess (?:criteria|criterion|metrics|measures)\b|\bmeasurable outcomes?\b|criteres? de (?:succes|reussite)|resultats? mesurables?|criterios? de (?:exito|sucesso)|resultados (?:medibles|mensuraveis)|criteri di successo|risultati misurabili|erfolgskriterien|messbare ergebnisse|succescriteria|kryteria sukcesu|критерии успеха|成功基準|成功标准|成功指标|測定可能|可衡量|성공 ?기준|측정 가능/,
  ],
  [
    "stories",
    /\buser (?:scenarios?|stor(?:y|ies)|journeys?)\b|\bacceptance (?:scenarios?|criteria|tests?)\b|scenarios? utilisateurs?|(?:recits?|histoires?) utilisateurs?|(?:scenarios?|criteres) d'acceptation|(?:historias?|escenarios?|historico) (?:de|del|do) (?:usuarios?|aceptacion)|criterios de (?:aceptacion|aceitacao)|cenarios? (?:de|do) (?:usuarios?|aceitacao)|stori[ae] utente|scenari (?:utente|di accettazione)|(?:benutzer|nutzer|anwender)-?(?:geschichte|szenari|stor)|akzeptanz(?:kriterien|szenari)|gebruikersverhal|historyjki|пользовательски|ユーザー(?:シナリオ|ストーリー)|受け?入れ?(?:シナリオ|基準)|用户(?:场景|故事)|验收|사용자 ?(?:시나리오|스토리)/,
  ],
  [
    "requirements",
    /\brequirements?\b|\bexigences?\b|\brequisitos?\b|\brequerimientos?\b|\brequisiti\b|anforderung|vereisten|wymagania|требования|要件|要求|需求|요구 ?사항|\bregles? (?:metier|de gestion)\b|\bbusiness rules?\b|\b(?:reglas|regras) de negocio\b|geschaftsregeln|ビジネスルール|业务规则/,
  ],
  [
    "assumptions",
    /\bassumptions?\b|\bhypotheses?\b|\b(?:supuestos|suposiciones|premissas|pressupostos|suposicoes|assunzioni|ipotesi|presupposti)\b|\bannahmen\b|aannames|zalozenia|предположения|допущения|前提|假设|假定|가정/,
  ],
  [
    "dependencies",
    /\bdependenc(?:y|ies)\b|\bdependances?\b|\bdependencias?\b|\bdipendenze\b|abhangigkeiten|afhankelijkheden|зависимости|依存|依赖|의존/,
  ],
  [
    "constraints",
    /\bconstraints?\b|\bcontraintes?\b|\brestricciones\b|\brestricoes\b|\bvincoli\b|einschrankungen|rahmenbedingungen|ограничения|制約|约束|제약/,
  ],
  [
    "context",
    /^(?:\d[\d.]* )?(?:context\b|contexte\b|contexto\b|contesto\b|kontext\b|overview\b|background\b|(?:executive )?summary\b|resume\b|resumen\b|resumo\b|introduction\b|introduccion\b|problem\b|motivation\b|purpose\b|objectives?\b|objectifs?\b|objetivos?\b|ziele?\b|goals?\b|vision\b|in scope\b|概要|背景|目的|개요|배경|контекст|обзор)/,
  ],
];

/** What kind of section a heading opens. */
export function kindOf(title: string): SectionKind {
  const words = plain(title);
  return KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
}

/** Begins where blanks begin, so that a long run of them is looked at once. */
const MARK =
  /(?<!\s)\s*(?:[*_]{1,3}\s*)?[(（]\s*(?:mandatory|required|optional|include if[^)）]{0,80}|obligatoire|facultatif|inclure si[^)）]{0,80}|obligatori[oa]|opcional|incluir si[^)）]{0,80}|obrigatori[oa]|pflicht|erforderlich|必須|必填|필수)\s*[)）](?:\s*[*_]{1,3})?\s*$/iu;

/** A heading's text without `*(mandatory)*`, numbering of its own stays. */
export const cleanTitle = (text: string): string => {
  const bare = text.replace(MARK, "").trim();
  const wrapped = /^(?:\*\*|__)(.+?)(?:\*\*|__)$/.exec(bare);
  return (wrapped?.[1] ?? bare).trim();
};

/** Whether a sub-heading says that its requirements are qualities, not functions. */
export const isNonFunctional = (title: string): boolean =>
  /\bnon[- ]?(?:functional|fonctionnel|funcional|funzional)|nicht-?funktional|quality attributes?\b|非機能|非功能|비기능|нефункциональн/.test(
    plain(title),
  );
