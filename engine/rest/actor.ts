import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../operator-commands.ts';

/** Who sends the request: the user of its basic authentication, which has been checked by now. */
export function actorOf({ authorization }: IncomingHttpHeaders): Actor {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return { type: 'ANONYMOUS', id: null };
  const [username] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 1);
  return { type: 'USER', id: username! };
}
