const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Words that carry no subject matter, in the languages specs were seen in, plus the vocabulary of specs themselves. */
export const STOPWORDS: ReadonlySet<string> = new Set([
  ...list(`a an the this that these those any all each every some no not only own same such other another both more most
    and or but nor so if then else when while where which who whom whose what why how than as at by for from in into of off on onto
    out over to under up upon via with within without after before during until between across per about against
    is are was were be been being am do does did done has have had having can could may might must shall should will would
    it its itself they them their there he she his her we our us you your i me my one once also just still yet already
    able allow allows let enable enables provide provides support supports ensure ensures make makes made via using use used uses
    e.g i.e eg ie etc given when then system systems shall new existing current valid automatically immediately correctly
    least without least always never exactly rather e g i cannot doesn don isn't
    requirement requirements feature features spec specification`),
  ...list(`le la les l un une des du de d et ou où mais donc or ni car que qui quoi dont ce cet cette ces son sa ses leur leurs
    au aux en dans par pour sur sous avec sans chez entre vers est sont être été a ont avoir il elle ils elles on nous vous je se
    doit doivent peut peuvent permettre pouvoir système tout tous toute toutes lors plus moins ne pas aucun aucune afin via si`),
  ...list(`der die das den dem des ein eine einer eines einem einen und oder aber nicht kein keine mit ohne für von vom zu zum zur
    bei im in auf aus an am ist sind sein wird werden muss müssen soll sollen kann können dass wenn als wie er sie es system`),
  ...list(`el los las una unos unas y o u pero no con sin para por del al se su sus lo que como cuando si es son ser debe deben
    puede pueden sistema este esta estos estas entre sobre desde hasta`),
]);

/** Words that end a noun phrase when an object is read off a sentence. */
export const PHRASE_ENDS: ReadonlySet<string> = new Set(
  list(`and or but with without for by via in into on onto to from once twice specifying showing containing spanning using stating indicating having allowing requiring explaining when whenever if while before after using that which who whose
    so as at than then where until unless during within across per against under over upon through rather is are was were be been being
    has have had must shall should may can will not whether because since even regardless only including such between plus based separate compatible together inside outside back onto
    avec sans pour par dans sur sous vers via que qui dont lors si et ou est sont doit doivent afin lorsque
    mit ohne für durch wenn dass und oder ist sind con sin para por que cuando y o es son`),
);

/** Words skipped at the start of a noun phrase. */
export const DETERMINERS: ReadonlySet<string> = new Set(
  list(`a an the this that these those any all each every some no both its their his her our your my one single multiple several
    new existing current valid invalid active available own same such other another only exactly specific given required relevant whole full
    clear simple actionable corresponding appropriate future future, pending optional least most at up more two three four five six
    le la les l' un une des du ces ce cet cette son sa ses leur leurs tout tous toute toutes der die das den dem ein eine einen einer
    el los las unos unas su sus`),
);

/** Heads that only count or contain: in "list of members" the object is "members". */
export const CONTAINER_NOUNS: ReadonlySet<string> = new Set(
  list(
    `list lists set number count existence copy copies kind kinds type types details detail summary set range variety use collection`,
  ),
);
