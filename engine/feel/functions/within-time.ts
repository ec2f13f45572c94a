import vm from 'node:vm';
import { feelLimits } from '../limits.ts';
import { FeelTimeout } from '../run.ts';

const sandbox: { body: (() => unknown) | undefined } = { body: undefined };
const context = vm.createContext(sandbox);
const script = new vm.Script('body()');

/** A shorter text is searched through before anybody notices. */
const harmlessLength = 24;
const longLength = 2000;

/**
 * Some patterns try for longer than the world exists (`(a+)+$`), and nothing but a watchdog stops a regular expression:
 * where one may, it runs under V8's. That costs a tenth of a millisecond, so most do without.
 * @throws FeelTimeout
 */
export function withinTime<T>({ source }: RegExp, text: string, body: () => T): T {
  if (text.length <= harmlessLength || (text.length <= longLength && !mayRunAway(source))) return body();
  sandbox.body = body;
  try {
    return script.runInContext(context, { timeout: feelLimits.maxMs }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new FeelTimeout();
    throw error;
  } finally {
    sandbox.body = undefined;
  }
}

/** Two repetitions may share out a text in many ways; so may a group or a reference that is repeated. */
function mayRunAway(source: string): boolean {
  const plain = source.replace(/\\[^\dk]/g, '');
  return (plain.match(/[*+{]/g)?.length ?? 0) > 1 || /\)[*+{]|\\[\dk]/.test(plain);
}
