import type { SyntaxNode } from '@lezer/common';
import { canonicalName } from '../known-names.ts';
import { withDollars } from '../renamed-words.ts';
import type { Scope } from '../scope.ts';
import type { FeelValue } from '../value.ts';

/** A part of an expression, ready to run: the tree is walked once, when it is compiled. */
export type Evaluate = (scope: Scope) => FeelValue;

/** A unary test, ready to be asked about an input. */
export type Test = (scope: Scope, input: FeelValue) => boolean | null;

export type TypeTest = (value: FeelValue) => boolean;

/** What a model makes known to its expressions. */
export interface Declarations {
  /** Names with spaces or signs, which the parser has to know. */
  names: string[];
  /** Whether other names of several words are taken too: values may have entries that no model tells of. */
  areOpen: boolean;
  /** Types beyond FEEL's own. */
  typeTest(name: string): TypeTest | undefined;
}

/** What the compilers of single nodes ask of each other. */
export interface Compiler {
  readonly declarations: Declarations;
  text(node: SyntaxNode): string;
  /** The character before the node. */
  before(node: SyntaxNode): string;
  expression(node: SyntaxNode): Evaluate;
  test(node: SyntaxNode): Test;
}

export type NodeCompiler = (node: SyntaxNode, compiler: Compiler) => Evaluate;

/** A name of one or more words and signs, as it is in scope: `years and months`, `a-b`, or between backticks. */
export function nameOf(node: SyntaxNode, compiler: Compiler): string {
  const text = compiler.text(node);
  return text.startsWith('`') ? text.slice(1, -1) : withDollars(canonicalName(text));
}
