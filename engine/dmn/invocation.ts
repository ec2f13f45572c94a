import { invokeBuiltinNamed } from '../feel/functions/invoke.ts';
import { builtins } from '../feel/functions/builtins.ts';
import { canonicalName } from '../feel/known-names.ts';
import type { Logic, ModelCompiler } from './compiler.ts';
import { DecisionFailure } from './decision-failure.ts';
import { child, childrenNamed, textOf, type Xml } from './xml.ts';

/** A business knowledge model, a decision service or a function of FEEL, called with an expression a parameter. */
export function invocation(
  element: Xml,
  compiler: ModelCompiler,
  boxedIn: (element: Xml, compiler: ModelCompiler) => Logic,
): Logic {
  const called = canonicalName(textOf(child(element, 'literalExpression')) ?? '');
  const bindings = childrenNamed(element, 'binding').map((binding) => ({
    name: canonicalName(child(binding, 'parameter')?.attributes.name ?? ''),
    value: boxedIn(binding, compiler),
  }));
  return (scope) => {
    const args = new Map(bindings.map(({ name, value }) => [name, value(scope)]));
    const { run } = scope;
    const target = scope.getFunction(called);
    if (target) {
      return run.call(() =>
        target.invoke(
          target.parameters.map((parameter) => args.get(parameter) ?? null),
          run,
        ),
      );
    }
    const builtin = builtins.get(called);
    if (builtin) return invokeBuiltinNamed(called, builtin, args, run);
    throw new DecisionFailure(`no BKM found with name '${called}'`);
  };
}
