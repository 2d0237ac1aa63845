/** Words that say nothing about the matter, in the languages specs are most often written in. */
const STOP_WORDS = new Set(
  (
    "a an the this that these those it its they them their there here he she his her we our you your i my me who whom whose which what where when why how " +
    "and or but nor so yet if then else than as at by for from in into of off on onto out over per to toward under up upon via with within without about above after again against all any are be because been before being below between both can could did do does doing done down during each either every few further had has have having just may might more most must neither no not now only once other others own rather same shall should since some such through too until very was were while will would also e.g i.e eg ie etc one two " +
    "le la les l un une des du de d et ou ne pas par pour que qui quoi dans en sur sous avec sans est sont etre ce cet cette ces se sa son ses leur leurs il elle ils elles au aux doit doivent peut peuvent si plus tout tous toute toutes meme lors afin ainsi chaque aucun aucune " +
    "el los las lo una unos unas del y o u no por para con sin sobre entre es son ser esta este estos estas su sus se al debe deben puede pueden cuando entonces dado cada " +
    "os as um uma uns umas do da dos das e ou nao por com sem sao seu sua seus suas ao aos deve devem pode podem quando entao cada " +
    "der die das den dem des ein eine einen einem einer und oder nicht kein keine in im an am auf aus bei mit nach von vom zu zum zur fur uber unter ist sind sein wird werden muss mussen soll sollen kann konnen wenn dann als auch jede jeder jedes " +
    "il lo gli i un uno una di del della dei delle e o non per con senza su tra fra sono essere deve devono puo possono"
  ).split(" "),
);

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
const JOINED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A word in the form in which words are compared: lower case, no accents, English-style plurals cut. */
export function singular(word: string): string {
  const plain = word
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/^(?:[ldcjnmts]|qu)['’](?=\p{L}{2})/u, "")
    .replace(/['’]s?$|['’].*$/u, "");
  if (plain.length > 4 && plain.endsWith("ies")) return `${plain.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|z)es$/.test(plain)) return plain.slice(0, -2);
  if (plain.length > 3 && /[^sui]s$/.test(plain)) return plain.slice(0, -1);
  return plain;
}

/** Chinese and Japanese are written without spaces: pairs of characters stand in for words. */
function pairs(text: string): readonly string[] {
  const chars = Array.from(text);
  return chars.length < 2 ? chars : chars.slice(1).map((char, index) => `${chars[index]}${char}`);
}

/** `createdAt`, `XMLFile` → their words. */
const unjoin = (text: string): string =>
  text
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/[_/]/g, " ");

const ID = /\b[A-Z]{1,6}-?\d{1,4}[a-z]?\b/g;

/**
 * The content words of a text, each once, in order: without stop words, ids, numbers and single letters; names in
 * camel or snake case are taken apart. For comparing texts, not for showing.
 */
export function termsOf(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [word] of unjoin(text.replace(ID, " ")).matchAll(WORD)) {
    if (JOINED.test(word)) {
      for (const pair of pairs(word)) found.add(pair);
      continue;
    }
    const term = singular(word);
    const content = term.length > 1 && !STOP_WORDS.has(term) && !/^\p{N}+$/u.test(term);
    if (content && !STOP_WORDS.has(word.toLowerCase())) found.add(term);
  }
  return [...found];
}

/** The stem that "rejects", "rejected", "rejecting" and "rejection" share. Rough: for comparing only. */
export function stemOf(term: string): string {
  if (term.length < 5 || !/^[a-z]+$/.test(term)) return term;
  const cut = term.replace(
    /(?:ations?|itions?|ments?|ations?|ingly|ness|able|ible|ions?|ings?|ed|er|or|ly|al|es|e|s|y)$/,
    "",
  );
  return cut.length < 3 ? term : cut.replace(/(.)\1$/, "$1").replace(/i$/, "");
}

/** Stems of the content words of a text. */
export const stemsOf = (text: string): ReadonlySet<string> => new Set(termsOf(text).map(stemOf));
