import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartFailure } from './start-failure.ts';

const schema = z.object({ sessionSecret: z.string().min(32), piiKey: z.string().min(32) });

export type Secrets = z.output<typeof schema>;

/**
 * What was not set is made once and kept in the data folder, for its owner's eyes only. The database of a folder is
 * unreadable without this file where it holds personal data: it belongs to the backup.
 */
export function loadSecrets(
  dataDir: string,
  given: { sessionSecret: string | undefined; piiKey: string | undefined },
): Secrets {
  const { sessionSecret, piiKey } = given;
  if (sessionSecret !== undefined && piiKey !== undefined) return { sessionSecret, piiKey };
  const file = path.join(dataDir, 'secrets.json');
  const kept = existsSync(file) ? readKept(file) : keepNew(file);
  return { sessionSecret: sessionSecret ?? kept.sessionSecret, piiKey: piiKey ?? kept.piiKey };
}

function readKept(file: string): Secrets {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartFailure(
      `${file} cannot be read as the secrets of this installation: restore it from a backup, or set SESSION_SECRET and PII_KEY.`,
    );
  }
}

function keepNew(file: string): Secrets {
  const fresh = { sessionSecret: randomBytes(32).toString('hex'), piiKey: randomBytes(32).toString('hex') };
  writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  // The mode of writeFile is cut by the umask only; a restored backup may have widened it.
  chmodSync(file, 0o600);
  return fresh;
}
