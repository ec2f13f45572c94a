/**
 * Search words, the same on both databases: Han text as single characters and pairs of neighbours (bigrams), Latin
 * letters and digits as whole words in lower case.
 */
export interface SearchTerms {
  /** Each must be there. */
  grams: string[];
  /** Each must begin a word that is there. */
  prefixes: string[];
}
const runs = /[\p{Script=Han}]+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu;
const han = /^\p{Script=Han}/u;
const maxWordLength = 40;
/** A bound on one search, far above what a person types. */
const maxSearchGrams = 24;
const maxCompareGrams = 64;

const runsOf = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(runs) ?? [];
const pairs = (characters: string[]) => characters.slice(1).map((character, at) => characters[at]! + character);

/** Everything that finds a text. */
export function indexGrams(texts: string[]): string[] {
  const grams = new Set<string>();
  for (const run of texts.flatMap(runsOf)) {
    if (han.test(run)) {
      const characters = Array.from(run);
      for (const gram of [...characters, ...pairs(characters)]) grams.add(gram);
    } else grams.add(run.slice(0, maxWordLength));
  }
  return [...grams];
}

/** What a person typed: pairs where there are pairs, a single character only when it stands alone. */
export function searchTerms(words: string): SearchTerms {
  const grams = new Set<string>();
  const prefixes = new Set<string>();
  for (const run of runsOf(words)) {
    const characters = Array.from(run);
    if (!han.test(run)) prefixes.add(run.slice(0, maxWordLength));
    else for (const gram of characters.length === 1 ? characters : pairs(characters)) grams.add(gram);
  }
  return { grams: [...grams].slice(0, maxSearchGrams), prefixes: [...prefixes].slice(0, maxSearchGrams) };
}

/** What two texts are compared by: pairs and whole words, no single characters. */
export function compareGrams(words: string): string[] {
  const grams = new Set(
    runsOf(words).flatMap((run) => (han.test(run) ? pairs(Array.from(run)) : [run.slice(0, maxWordLength)])),
  );
  return [...grams].slice(0, maxCompareGrams);
}
