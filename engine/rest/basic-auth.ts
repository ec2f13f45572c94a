import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.ts';

export interface Credentials {
  username: string;
  password: string;
}

/** @returns a check that throws Problem 401 unless the header carries exactly these credentials */
export function basicAuth(credentials: Credentials) {
  const expected = digest(`${credentials.username}:${credentials.password}`);
  return (header: string | undefined) => {
    const encoded = /^Basic +([\w+/=]+)$/i.exec(header ?? '')?.[1];
    const given = digest(encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8'));
    if (timingSafeEqual(given, expected)) return;
    throw new Problem(401, 'Unauthorized', 'Bad credentials', { 'www-authenticate': 'Basic realm="Liandong engine"' });
  };
}

// Hashed first: timingSafeEqual demands equal lengths.
function digest(text: string) {
  return createHash('sha256').update(text).digest();
}
