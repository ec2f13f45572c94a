import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Personal data at rest: AES-256-GCM under a key derived from PII_KEY, written as `keyId.base64url(iv, tag, cipher)`.
 * The key id lets an older key still open what it sealed after a change of key. `place` (table, column, row) is
 * authenticated too: a sealed value copied to another row does not open there.
 */
export interface Seal {
  seal(text: string, place: string): string;
  open(sealed: string, place: string): string;
  /** Keyed hash for equal look-up, by the newest key. */
  hash(value: string): string;
  /** By every known key: what to look for. */
  hashes(value: string): string[];
}

interface DerivedKey {
  id: string;
  cipherKey: Buffer;
  hashKey: Buffer;
}
const ivBytes = 12;
const tagBytes = 16;

function derive(secret: Buffer | string): DerivedKey {
  const material = Buffer.from(secret);
  if (material.length < 16) throw new Error('PII_KEY is too short: at least 16 bytes, better 32 random ones');
  const part = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', material, '', `liandong/${purpose}`, bytes));
  return {
    id: part('key-id', 4).toString('hex'),
    cipherKey: part('personal-data', 32),
    hashKey: part('phone-hash', 32),
  };
}

/** @param secrets the key in force first, then those it replaced. */
export function makeSeal(secrets: (Buffer | string)[]): Seal {
  const keys = secrets.map(derive);
  const current = keys[0]!;
  const hashWith = (key: DerivedKey, value: string) => createHmac('sha256', key.hashKey).update(value).digest('hex');
  return {
    seal(text, place) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', current.cipherKey, iv).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [id, rest] = sealed.split('.', 2) as [string, string?];
      const key = keys.find((candidate) => candidate.id === id);
      if (key === undefined || rest === undefined) throw new Error(`${place} was sealed with another PII_KEY (${id})`);
      const bytes = Buffer.from(rest, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key.cipherKey, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    },
    hash: (value) => hashWith(current, value),
    hashes: (value) => keys.map((key) => hashWith(key, value)),
  };
}
