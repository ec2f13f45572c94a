import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  username: string;
  password: string;
}

/** @returns whether an Authorization header carries exactly these credentials, as basic auth */
export function credentialsCheck(credentials: Credentials): (header: string | undefined) => boolean {
  const expected = digest(`${credentials.username}:${credentials.password}`);
  return (header) => {
    const encoded = /^Basic +([\w+/=]+)$/i.exec(header ?? '')?.[1];
    const given = digest(encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8'));
    return timingSafeEqual(given, expected);
  };
}

// Hashed first: timingSafeEqual demands equal lengths.
function digest(text: string) {
  return createHash('sha256').update(text).digest();
}
