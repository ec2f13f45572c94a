import type { FeelFunction } from '../feel-function.ts';
import { describe } from '../print.ts';
import type { Run } from '../run.ts';
import type { FeelValue } from '../value.ts';
import { coerced, illegalArguments, Refusal, type Signature } from './signature.ts';

/** Tries the signatures that take so many arguments; of several the first that takes their types. */
export function invokeBuiltin(name: string, signatures: Signature[], args: FeelValue[], run: Run): FeelValue {
  let refusal: Refusal | undefined;
  let fits = false;
  for (const signature of signatures) {
    const given = arrange(signature, args);
    if (!given) continue;
    fits = true;
    const converted = convert(signature, given, run);
    if (!converted) continue;
    const result = signature.invoke(converted, run);
    if (!(result instanceof Refusal)) return run.made(result);
    if (result !== illegalArguments) refusal ??= result;
  }
  if (!fits)
    return run.warn('NO_FUNCTION_FOUND', `No function found with name '${name}' and ${args.length} parameters`);
  return refused(name, refusal?.reason ?? illegal(args), run);
}

export function invokeBuiltinNamed(
  name: string,
  signatures: Signature[],
  args: Map<string, FeelValue>,
  run: Run,
): FeelValue {
  const fitting = signatures.filter(({ parameters }) => {
    const names = new Set<string>(parameters.map(([parameter]) => parameter));
    return [...args.keys()].every((given) => names.has(given));
  });
  if (fitting.length === 0) {
    const names = [...args.keys()].join(',');
    return run.warn('NO_FUNCTION_FOUND', `No function found with name '${name}' and parameters: ${names}`);
  }
  // A signature that needs no more than what is given comes first, so that optional parameters may be left out.
  // Of `before(point, range)` and `before(range, point)` it is the one that is written in this order.
  const given = [...args.keys()].join();
  const isAsGiven = ({ parameters }: Signature): number => Number(parameters.map(([name]) => name).join() === given);
  const ordered = fitting.toSorted(
    (left, right) => left.parameters.length - right.parameters.length || isAsGiven(right) - isAsGiven(left),
  );
  let refusal: Refusal | undefined;
  for (const signature of ordered) {
    const values = signature.parameters.map(([parameter]) => args.get(parameter) ?? null);
    const converted = convert(signature, values, run);
    if (!converted) continue;
    const result = signature.invoke(converted, run);
    if (!(result instanceof Refusal)) return run.made(result);
    if (result !== illegalArguments) refusal ??= result;
  }
  return refused(name, refusal?.reason ?? illegal([...args.values()]), run);
}

const illegal = (args: FeelValue[]): string =>
  `Illegal arguments: ${args.map((value) => `'${describe(value)}'`).join(', ')}`;

const refused = (name: string, reason: string, run: Run): null =>
  run.warn('FUNCTION_INVOCATION_FAILURE', `Failed to invoke function '${name}': ${reason}`);

export function invokeFunction(name: string, called: FeelFunction, args: FeelValue[], run: Run): FeelValue {
  if (!called.anyArity && args.length !== called.parameters.length) {
    return run.warn('NO_FUNCTION_FOUND', `No function found with name '${name}' and ${args.length} parameters`);
  }
  return called.invoke(args, run);
}

/** Further arguments of a variadic signature become one list; undefined when the number does not fit. */
function arrange({ parameters, variadic }: Signature, args: FeelValue[]): FeelValue[] | undefined {
  if (!variadic) return args.length === parameters.length ? args : undefined;
  const fixed = parameters.length - 1;
  if (args.length <= fixed) return undefined;
  const rest = args.slice(fixed);
  const single = rest.length === 1 && fixed === 0 && Array.isArray(rest[0]);
  return [...args.slice(0, fixed), single ? rest[0]! : rest];
}

function convert({ parameters }: Signature, args: FeelValue[], run: Run): FeelValue[] | undefined {
  const converted: FeelValue[] = [];
  for (const [index, value] of args.entries()) {
    const found = coerced(value, parameters[index]![1], run);
    if (found === undefined) return undefined;
    converted.push(found);
  }
  return converted;
}
