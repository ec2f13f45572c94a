import { FeelSyntaxError } from '../feel/syntax.ts';
import { usedVariables } from '../feel/used-variables.ts';
import type { ConditionalSpec } from './element-spec.ts';
import { extension, type Moddle } from './moddle.ts';

/** Undefined without a condition. */
export function readConditional(definition: Moddle): ConditionalSpec | undefined {
  if (!definition.condition) return undefined;
  const condition = ((definition.condition.body ?? '') as string).trim();
  const filter = extension(definition, 'zeebe:ConditionalFilter');
  const names = listOf(filter?.variableNames);
  return {
    condition,
    // the expression itself says what it depends on, unless the model narrows that down
    variableNames: names.length > 0 ? names : variablesOf(condition),
    variableEvents: listOf(filter?.variableEvents),
  };
}

const listOf = (text: unknown): string[] =>
  typeof text === 'string' && text.trim() !== '' ? text.split(',').map((part) => part.trim()) : [];

function variablesOf(condition: string): string[] {
  if (!condition.startsWith('=')) return [];
  try {
    return usedVariables(condition.slice(1));
  } catch (error) {
    // what can't be parsed at all is found when the process is validated
    if (error instanceof FeelSyntaxError) return [];
    throw error;
  }
}
