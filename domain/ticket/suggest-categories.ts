import { CATEGORIES, type Category } from '../defaults/categories.ts';

/** Categories whose usual words stand in the text, best first; none when none does. */
export function suggestCategories(text: string): Category[] {
  return CATEGORIES.map((category) => ({ category, hits: category.words.filter((word) => text.includes(word)).length }))
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .map(({ category }) => category);
}
