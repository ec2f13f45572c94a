import { canonicalName } from '../feel/known-names.ts';
import { boxedChildren, boxedExpression, functionDefinition } from './boxed-expressions.ts';
import { ModelCompiler } from './compiler.ts';
import { refuseCycles } from './cycles.ts';
import { readDecisionTable } from './decision-table.ts';
import type { BusinessKnowledge, Decision, DecisionLogic, DecisionService, Drg, InputData } from './drg.ts';
import { declaredNames } from './names.ts';
import { demandedType, Types } from './types.ts';
import { child, childrenNamed, parseXml, referenceOf, type Xml } from './xml.ts';

export type { Drg } from './drg.ts';

/** A DMN model (1.1 to 1.5), compiled. Throws an Error of one sentence when it is invalid. */
export function parseDrg(xml: string): Drg {
  const root = parseXml(xml);
  if (root.name !== 'definitions') throw new Error(`A DMN model begins with 'definitions', not with '${root.name}'.`);
  const { id, name, namespace } = root.attributes;
  if (!name) throw new Error("The attribute 'name' of 'definitions' is missing.");
  const compiler = new ModelCompiler(new Types(root), declaredNames(root));
  const drg: Drg = {
    // DMN leaves the id out where nothing refers to it.
    id: id ?? name,
    name,
    namespace: namespace ?? '',
    decisions: childrenNamed(root, 'decision').map((decision) => readDecision(decision, compiler)),
    inputs: childrenNamed(root, 'inputData').map((input) => readInputData(input, compiler)),
    knowledge: childrenNamed(root, 'businessKnowledgeModel').map((model) => readKnowledge(model, compiler)),
    services: childrenNamed(root, 'decisionService').map(readService),
    problems: compiler.problems,
  };
  refuseDuplicates(drg);
  refuseCycles(drg);
  return drg;
}

function readDecision(element: Xml, compiler: ModelCompiler): Decision {
  const { id, name } = element.attributes;
  if (!id) throw new Error(`The attribute 'id' of the decision '${name ?? ''}' is missing.`);
  if (!name) throw new Error(`The attribute 'name' of the decision '${id}' is missing.`);
  const variable = child(element, 'variable');
  const boxed = boxedChildren(element)[0];
  return {
    id,
    name,
    versionTag: versionTagOf(element),
    resultNames: variable?.attributes.name ? [canonicalName(variable.attributes.name)] : [canonicalName(name), id],
    resultType: compiler.types.ofElement(variable),
    demandedType: demandedType(variable),
    requires: requirements(element),
    logic: boxed ? readLogic(boxed, id, compiler) : { kind: 'none' },
  };
}

function readLogic(boxed: Xml, decisionId: string, compiler: ModelCompiler): DecisionLogic {
  try {
    if (boxed.name === 'decisionTable') return { kind: 'table', table: readDecisionTable(boxed, compiler) };
    const kind = boxed.name === 'literalExpression' ? 'literal' : 'boxed';
    return { kind, evaluate: boxedExpression(boxed, compiler) };
  } catch (error) {
    throw new Error(
      `The decision '${decisionId}' is invalid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function versionTagOf(element: Xml): string | null {
  const extensions = child(element, 'extensionElements');
  return (extensions && child(extensions, 'zeebe:versionTag')?.attributes.value) ?? null;
}

/** Ids of what an element needs: decisions and inputs, then business knowledge and decision services. */
function requirements(element: Xml): string[] {
  return element.children.flatMap((each) => {
    if (each.name !== 'informationRequirement' && each.name !== 'knowledgeRequirement') return [];
    return each.children.flatMap((reference) => referenceOf(reference) ?? []);
  });
}

function readInputData(element: Xml, compiler: ModelCompiler): InputData {
  const variable = child(element, 'variable');
  return {
    id: element.attributes.id ?? '',
    name: canonicalName(variable?.attributes.name ?? element.attributes.name ?? ''),
    type: compiler.types.ofElement(variable),
  };
}

function readKnowledge(element: Xml, compiler: ModelCompiler): BusinessKnowledge {
  const logic = child(element, 'encapsulatedLogic');
  return {
    id: element.attributes.id ?? '',
    name: canonicalName(child(element, 'variable')?.attributes.name ?? element.attributes.name ?? ''),
    requires: requirements(element),
    makeFunction: logic ? functionDefinition(logic, compiler) : () => null,
  };
}

function readService(element: Xml): DecisionService {
  const references = (name: string) => childrenNamed(element, name).flatMap((each) => referenceOf(each) ?? []);
  return {
    id: element.attributes.id ?? '',
    name: canonicalName(child(element, 'variable')?.attributes.name ?? element.attributes.name ?? ''),
    outputDecisions: references('outputDecision'),
    inputDecisions: references('inputDecision'),
    inputData: references('inputData'),
  };
}

function refuseDuplicates({ decisions }: Drg): void {
  const seen = new Set<string>();
  for (const { id } of decisions) {
    if (seen.has(id)) throw new Error(`The decision id '${id}' is there more than once.`);
    seen.add(id);
  }
}
