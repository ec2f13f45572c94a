import { Conflict } from '../../domain/errors/conflict.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { NotAllowed } from '../../domain/errors/not-allowed.ts';
import { NotFound } from '../../domain/errors/not-found.ts';
import { EngineUnavailable } from '../../domain/ports/process-engine.ts';
import type { Translate } from '../i18n/messages.ts';
import { SignInNeeded } from '../shell/viewer.ts';
import { readableParameters } from '../view/message-parameters.ts';
import { TooManyRequests } from './too-many-requests.ts';

/** RFC 9457, in the reader's language. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** A sentence that says what happened and what to do next. */
  detail: string;
  code: string;
  problems?: { field: string; code: string; message: string }[];
}

/** What a reader may know of an error; an unknown one says only that it happened. */
export function describeError(error: unknown, t: Translate): Problem {
  if (error instanceof InvalidInput) {
    const problems = error.problems.map(({ field, code, params }) => ({
      field,
      code,
      message: t(`error.invalid.${code}`, readableParameters(params ?? {}, t)),
    }));
    const detail = problems.map((problem) => problem.message).join(' ');
    return { ...problem(400, 'invalidInput', t, detail || t('error.status.400')), problems };
  }
  if (error instanceof SignInNeeded) return problem(401, 'signInNeeded', t);
  if (error instanceof NotAllowed)
    return problem(403, error.code, t, t(`error.notAllowed.${error.code}`, readableParameters(error.params, t)));
  if (error instanceof NotFound)
    return problem(404, 'notFound', t, t(`error.notFound.${error.kind}`, { id: error.id }));
  if (error instanceof Conflict)
    return problem(409, error.code, t, t(`error.conflict.${error.code}`, readableParameters(error.params, t)));
  if (error instanceof TooManyRequests) return problem(429, 'tooManyRequests', t);
  if (error instanceof EngineUnavailable) return problem(503, 'engineUnavailable', t);
  return describeHttpError(error, t);
}

/** What express, its parsers and csrf-sync throw: an Error with a `status`. */
function describeHttpError(error: unknown, t: Translate): Problem {
  const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown };
  if (code === 'EBADCSRFTOKEN') return problem(403, 'formExpired', t, t('error.formExpired'));
  if (typeof status === 'number' && [400, 404, 405, 413, 415].includes(status))
    return problem(status, `http${status}`, t);
  return problem(500, 'unexpected', t);
}

function problem(status: number, code: string, t: Translate, detail: string = t(`error.status.${status}`)): Problem {
  return { type: 'about:blank', title: t(`error.title.${status}`), status, detail, code };
}
