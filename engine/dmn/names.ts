import { canonicalName, needsDeclaring } from '../feel/known-names.ts';
import type { Xml } from './xml.ts';

const naming = new Set([
  'decision',
  'inputData',
  'businessKnowledgeModel',
  'decisionService',
  'variable',
  'formalParameter',
  'parameter',
  'itemComponent',
  'itemDefinition',
  'column',
  'output',
  'import',
]);

/** The names with spaces or signs that the model's expressions may use; FEEL's parser has to know them. */
export function declaredNames(root: Xml): string[] {
  const names = new Set<string>();
  const visit = (element: Xml): void => {
    const { name, iteratorVariable } = element.attributes;
    if (name !== undefined && naming.has(element.name)) names.add(canonicalName(name));
    if (iteratorVariable !== undefined) names.add(canonicalName(iteratorVariable));
    for (const each of element.children) visit(each);
  };
  visit(root);
  return [...names].filter(needsDeclaring);
}
