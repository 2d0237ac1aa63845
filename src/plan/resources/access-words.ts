/**
 * Words by which a task says what it does with a file, as data. Chosen on public tasks.md and plan files; verbs count where a
 * sentence can have an imperative. Further languages: those that tasks.md files are found in (FORMATS §3.2).
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What follows is changed. */
const WRITES = words(`
  add adapt adjust align amend annotate append apply archive assemble attach author backfill build bump bundle centralise centralize change clean clear
  clone collapse commit compose configure connect consolidate convert copy correct create customise customize declare decouple deduplicate define delete
  deprecate design develop dockerise dockerize document drop edit emit enable enforce enhance ensure establish expand expose extend extract factor finalise
  finalize fix flesh format generate guard handle harden hoist hook implement improve include incorporate init initialise initialize inject insert install
  instrument integrate introduce invoke keep lift localise localize lock log make mark memoise memoize merge migrate minify mock mount move normalise
  normalize optimise optimize organise organize overhaul override parameterise parameterize patch persist pin polish populate port prepare prune publish put re-export record
  redesign reduce refactor refine reformat regenerate register relocate remove rename render reorganise reorganize reorder replace resolve restore restructure return
  revert revise rewire rewrite scaffold secure seed separate set setup simplify sketch split standardise standardize store strengthen strip stub style
  support sync tag tidy tighten translate tune tweak unify update upgrade use wire wrap write
  créer ajouter modifier implémenter supprimer écrire définir configurer intégrer générer corriger déplacer renommer remplacer rédiger étendre brancher
  crear añadir agregar actualizar modificar implementar eliminar escribir definir configurar integrar generar corregir mover renombrar reemplazar
  criar adicionar atualizar remover escrever
  erstellen erstelle hinzufügen aktualisieren aktualisiere ändern ändere implementieren implementiere löschen schreiben entfernen ergänzen
  создать добавить обновить изменить реализовать удалить
`);

/** What follows is looked at or run. */
const READS = words(`
  analyse analyze assess audit benchmark browse check collect compare confirm consult count cross-check debug demonstrate determine diff evaluate
  examine execute explore find gather identify inspect inventory investigate list locate look manually measure monitor observe open prove read reproduce
  research review rerun re-run re-verify run scan search see smoke smoke-test start study test trace try understand validate verify walk watch
  vérifier valider lire exécuter lancer tester relire verificar validar revisar leer ejecutar probar executar prüfen überprüfen lesen ausführen testen
  проверить запустить
`);

/** Verbs of looking that mean it at the start of a sentence only: `add entries and read them in env.ts` writes. */
const LOOKS_AT_START = words(
  "list find open count try look watch read see map start study trace walk explore collect gather search execute leer lire lesen",
);

/** Verbs after which `from x` is changed: something is taken out of it. */
const TAKES_OUT = words(`
  archive clean collapse consolidate cut decouple delete deprecate drop eliminate export extract factor hoist lift merge move port prune purge re-export refactor relocate remove rename
  separate split strip supprimer déplacer eliminar mover remover entfernen löschen удалить
`);

/** Verbs for which a folder, or everything below it, is what is changed. */
const SWEEPS = words(
  `archive clean clear delete drop format lint migrate move prune purge refactor reformat relocate remove rename reorganise reorganize restructure split supprimer déplacer renommer eliminar mover löschen`,
);

/** Verbs by which documents are written; `implement the entities in data-model.md` reads it. */
const WRITES_DOCUMENTS = words(`
  add adjust align amend annotate append archive author change clean clear copy correct create declare define delete document draft drop edit expand extend finalise finalize fix flesh
  format generate improve include insert introduce lock mark merge move polish prepare record refine regenerate remove rename reorganise reorganize replace restructure resolve
  revise rewrite simplify split strengthen strip sync tag tidy tighten translate tweak unify update write
  créer ajouter modifier supprimer écrire définir corriger rédiger crear añadir agregar actualizar modificar eliminar escribir definir corregir criar adicionar atualizar escrever
  erstellen hinzufügen aktualisieren ändern schreiben entfernen ergänzen создать добавить обновить изменить удалить
`);

export const WRITE_VERBS: ReadonlySet<string> = new Set(WRITES);
export const READ_VERBS: ReadonlySet<string> = new Set(READS);
export const VERBS_AT_START: ReadonlySet<string> = new Set(LOOKS_AT_START);
export const TAKING_VERBS: ReadonlySet<string> = new Set(TAKES_OUT);
export const SWEEPING_VERBS: ReadonlySet<string> = new Set(SWEEPS);
export const DOCUMENT_VERBS: ReadonlySet<string> = new Set(WRITES_DOCUMENTS);

/**
 * Words right before a path that make it a source of knowledge, whatever the verb: `per research.md`, `like the one in a.ts`.
 * Tested against the end of the text before the path, at most 60 characters.
 */
export const REFERENCE_BEFORE =
  /(?:^|[\s([—–,;:])(?:per|see|cf\.?|via|using|uses|use|through|by running|by|with|like|against|following|follows|mirror(?:s|ing)?|match(?:es|ing)?|reus(?:e|es|ing)|read(?:s|ing)?|load(?:s|ing|ed)?|import(?:s|ed|ing)?|consum(?:e|es|ing)|call(?:s|ing)|invok(?:es|ing|ed)|render(?:s|ed)|export(?:ed) (?:by|from)|depends? on|requires?|need(?:s|ed by)|relies on|refer(?:s|ring)? to|references?|refs?|based on|according to|modell?ed (?:on|after)|similar to|same (?:\S{1,30} )?(?:as|in)|as (?:in|per|for|defined in|described in|specified in|documented in|listed in|shown in)|(?:already |been |are |is )?(?:defined|described|specified|documented|listed|found|outlined|stated|declared|given|shown|used|covered|established|contained|referenced|mentioned|existing|exported|shared|present|tested) (?:in|by|at|on|from|with)|(?:pattern|patterns|approach|conventions?|contracts?|examples?|semantics|scenarios?|criteria|requirements?|decisions?) (?:in|from|of)|tests? (?:for|of|covering|against|on)|coverage (?:for|of)|consistent with|compatible with|in line with|aligned with|identical to|equal to|copied from|(?:per|and|with|by|against|match(?:es|ing)?) (?:the )?contracts?|unlike|from|vs\.?|versus|cov[eé]rant|selon|d'après|según|gemäß|laut|according|cop(?:y|ies|ying)|run|runs|running|execut(?:e|es|ing)|makes? (?:\S{1,30} )?(?:pass|green)|exercis(?:e|es|ing)|consult(?:s|ing)?|compar(?:e|ed|ing)(?: to| with)?|verif(?:y|ies)(?: against)?|under test:?) +(?:(?:the|a|an|its|our|this|that|these|both|existing|current|shared|le|la|les|el) +){0,3}[`*("'[]{0,3}$/i;

/** `from` right before a path. */
export const FROM =
  /(?:^|[\s(])(?:out of|from|de|desde|aus) +(?:(?:the|existing|current|a) +)?[`*("'[]{0,3}$/i;

/** Words right behind a path that make it a source of knowledge: `research.md §5`, `a.ts as reference`, `x.sh exists`. */
export const REFERENCE_AFTER =
  /^[`*)\]"']{0,3}(?:'s)?[ ,(]{0,2}(?:§|#\d|decision\b|R\d|R-\d|section\b|lines? \d|scenarios?\b|patterns?\b|conventions?\b|as (?:a |an |the )?(?:reference|template|model|example|guide|baseline|starting point)|(?:is|are|stays?|remains?) (?:unchanged|untouched|already)|unchanged\b|untouched\b|exists?\b|must not change|(?:tests? )?pass(?:es)?\b|for (?:reference|guidance))/i;

/** A verb behind a check that makes it a change: `run shellcheck on a.sh and fix what it finds`. */
export const MENDS =
  /\b(?:and|then|,) +(?:\w{1,12}ly )?(?:fix|update|correct|adjust|repair|remove|rewrite|refactor|apply|record|add|mark|document|resolve|tick|extend)\b/i;

/** A task that is about tests: `Contract test POST /x in …`, `Write unit tests for …`. */
export const ABOUT_TESTS =
  /^[^.;—]{0,80}?\b(?:tests?|specs?|test (?:suite|cases?|harness)|coverage|fixtures?)\b/i;
