import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export interface ShippedFile {
  name: string;
  kind: 'BPMN' | 'DMN' | 'FORM';
  content: string;
  checksum: string; // sha256 hex
}

const kinds: Record<string, ShippedFile['kind']> = { bpmn: 'BPMN', dmn: 'DMN', form: 'FORM' };
const folder = new URL('.', import.meta.url);

/** The whole set as this version of the program ships it, by name: what is deployed as one. */
export function shippedFiles(): ShippedFile[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const kind = kinds[name.slice(name.lastIndexOf('.') + 1)];
      if (!kind) return [];
      const content = readFileSync(new URL(name, folder), 'utf8');
      return [{ name, kind, content, checksum: createHash('sha256').update(content).digest('hex') }];
    });
}
