import { boolean, hidden } from '../search/column.ts';

/** Longer values are cut in search results unless `truncateValues=false`, as in Camunda's stores. */
export const maxPreviewLength = 8191;

export const truncation = { ...hidden(boolean), sql: `(length(value) > ${maxPreviewLength})` };
