import type { ElementSpec } from './element-spec.ts';
import type { Complain } from './complaint.ts';

/** Catchers of one scope or activity that could not be told apart. */
export function noDuplicates(element: ElementSpec, catchers: ElementSpec[], complain: Complain): void {
  const names = (read: (catcher: ElementSpec) => string | null | undefined) =>
    twice(catchers.map(read).filter((name) => name));
  for (const name of names(({ event }) => event?.message?.name)) {
    complain(element, `Multiple message event definitions with the same name '${name}' are not allowed.`);
  }
  for (const name of names(({ event }) => event?.signal?.name)) {
    complain(element, `Multiple signal event definitions with the same name '${name}' are not allowed.`);
  }
  const escalations = catchers.filter(({ event }) => event?.kind === 'escalation');
  noDuplicateCodes(
    escalations.map(({ event }) => event!.escalation?.code ?? ''),
    'escalation',
    (message) => complain(element, message),
  );
  const errors = catchers.filter(({ event }) => event?.kind === 'error');
  noDuplicateCodes(
    errors.map(({ event }) => event!.errorCode ?? ''),
    'error',
    (message) => complain(element, message),
  );
}

function noDuplicateCodes(codes: string[], what: 'escalation' | 'error', refuse: (message: string) => void): void {
  for (const code of twice(codes)) {
    refuse(
      code === ''
        ? `The same scope can not contain more than one ${what} catch event without ${what} code. ` +
            `An ${what} catch event without ${what} code catches all ${what}s.`
        : `Multiple ${what} catch events with the same ${what} code '${code}' are not supported on the same scope.`,
    );
  }
}

export const twice = <T>(list: T[]): Set<T> => new Set(list.filter((item, index) => list.indexOf(item) < index));
