/** Dice's coefficient over character pairs, 0–1: short Chinese texts have no words to count. */
export function likeness(left: string, right: string): number {
  const a = pairsOf(left);
  const b = pairsOf(right);
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return (2 * common) / (a.size + b.size);
}

function pairsOf(text: string): Set<string> {
  const characters = Array.from(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{P}]/gu, ''),
  );
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`));
}
