import { MINOR_CATEGORIES, type Category } from '../defaults/categories.ts';
import { CATEGORY_WORDS } from '../defaults/category-words.ts';

/** Categories whose usual words stand in the text, best first; none when none does. */
export function suggestCategories(text: string): Category[] {
  const hitsOf = ({ code }: Category) =>
    (CATEGORY_WORDS[code]?.split(' ') ?? []).filter((word) => text.includes(word)).length;
  return MINOR_CATEGORIES.map((category) => ({ category, hits: hitsOf(category) }))
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .map(({ category }) => category);
}
