import type { Request, Response } from '../../commands.ts';
import type { Run } from '../run.ts';

export function broadcast(
  run: Run,
  { signalName, variables = {} }: Request<'signal.broadcast'>,
): Response<'signal.broadcast'> {
  run.broadcast(signalName, variables);
  return { signalKey: run.keys.next() };
}
