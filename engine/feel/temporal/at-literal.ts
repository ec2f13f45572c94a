import type { FeelValue } from '../value.ts';
import { FeelDateTime } from './date-time.ts';
import { FeelDate } from './date.ts';
import { parseDuration } from './duration.ts';
import { FeelTime } from './time.ts';

/** The temporal value that a text is, whichever kind; null when none. */
export const parseAtLiteral = (text: string): FeelValue =>
  FeelDate.parse(text) ?? FeelDateTime.parse(text) ?? FeelTime.parse(text) ?? parseDuration(text);
