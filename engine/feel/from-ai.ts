import { alwaysKnown } from './feel.ts';
import type { SyntaxNode } from '@lezer/common';
import type { JsonObject, JsonValue } from '../json.ts';
import { unescape } from './compile/literals.ts';
import { childrenOf, operandsOf, parse } from './syntax.ts';

/** What a call of `fromAi()` says of the value that an agent is to give (docs: "AI Agent functions"). */
export interface AiParameter {
  name: string;
  description?: string;
  type?: string;
  schema?: JsonObject;
  options?: JsonObject;
}

const argumentNames = ['value', 'description', 'type', 'schema', 'options'] as const;
type Arguments = Partial<Record<(typeof argumentNames)[number], SyntaxNode>>;

/**
 * All calls of `fromAi()` in an expression, in their order.
 * @throws Error in Zeebe's words when an argument is not a constant of its type; FeelSyntaxError
 */
export function aiParameters(source: string): AiParameter[] {
  if (!source.includes('fromAi')) return [];
  const { tree, text } = parse(source, 'Expression', alwaysKnown);
  const found: AiParameter[] = [];
  tree.iterate({
    enter(node) {
      if (node.name !== 'FunctionInvocation') return;
      const [name, given] = operandsOf(node.node);
      if (name && textOf(name, text) === 'fromAi') found.push(parameterOf(given ? argumentsOf(given, text) : {}, text));
    },
  });
  return found;
}

const textOf = (node: SyntaxNode, text: string) => text.slice(node.from, node.to);

function argumentsOf(given: SyntaxNode, text: string): Arguments {
  const list = childrenOf(given).filter(({ name }) => name !== ',');
  if (given.name !== 'NamedParameters') {
    return Object.fromEntries(list.map((node, index) => [argumentNames[index] ?? String(index), node])) as Arguments;
  }
  return Object.fromEntries(
    list.map((node) => [textOf(node.firstChild!, text), childrenOf(node).at(-1)!]),
  ) as Arguments;
}

function parameterOf(given: Arguments, text: string): AiParameter {
  const parameter: AiParameter = { name: reference(given.value, text) };
  const { description, type, schema, options } = given;
  if (description) parameter.description = constantString(description, 'description', text);
  if (type) parameter.type = constantString(type, 'type', text);
  if (schema) parameter.schema = constantContext(schema, 'schema', text);
  if (options) parameter.options = constantContext(options, 'options', text);
  return parameter;
}

function reference(node: SyntaxNode | undefined, text: string): string {
  if (node?.name === 'VariableName' || node?.name === 'PathExpression') return textOf(node, text).replaceAll('`', '');
  const what =
    node?.name === 'StringLiteral' ? `string '${unescape(textOf(node, text))}'` : node ? textOf(node, text) : 'null';
  throw new Error(
    `Expected fromAi() parameter 'value' to be a reference (e.g. 'toolCall.customParameter'), but received ${what}.`,
  );
}

function constantString(node: SyntaxNode, name: string, text: string): string {
  if (node.name === 'StringLiteral') return unescape(textOf(node, text));
  throw new Error(`Expected fromAi() parameter '${name}' to be a string, but received '${textOf(node, text)}'.`);
}

function constantContext(node: SyntaxNode, name: string, text: string): JsonObject {
  if (node.name === 'Context') return constant(node, text) as JsonObject;
  const received = node.name === 'StringLiteral' ? unescape(textOf(node, text)) : textOf(node, text);
  throw new Error(`Expected fromAi() parameter '${name}' to be a context (map), but received '${received}'.`);
}

function constant(node: SyntaxNode, text: string): JsonValue {
  switch (node.name) {
    case 'StringLiteral':
      return unescape(textOf(node, text));
    case 'NumericLiteral':
      return Number(textOf(node, text).replace(/\s+/g, ''));
    case 'BooleanLiteral':
      return textOf(node, text) === 'true';
    case 'null':
      return null;
    case 'List':
      return operandsOf(node)
        .filter(({ name }) => name !== ',')
        .map((item) => constant(item, text));
    case 'Context':
      return Object.fromEntries(
        operandsOf(node)
          .filter(({ name }) => name === 'ContextEntry')
          .map((entry) => [keyOf(entry.firstChild!, text), constant(childrenOf(entry).at(-1)!, text)]),
      );
    default:
      throw new Error(`Unsupported expression value in fromAi() function invocation: ${node.name}`);
  }
}

const keyOf = (key: SyntaxNode, text: string) =>
  key.firstChild?.name === 'StringLiteral' ? unescape(textOf(key, text)) : textOf(key, text);
