import { createHash } from 'node:crypto';
import { InvalidInput } from '../errors/invalid-input.ts';
import type { ProcessFile } from './process-file.ts';

const kinds: Record<string, ProcessFile['kind']> = { bpmn: 'BPMN', dmn: 'DMN', form: 'FORM' };
const MAX_CHARACTERS = 1_000_000;

export function checksumOf(content: string) {
  return createHash('sha256').update(content).digest('hex');
}

/** @throws InvalidInput when the name is none of a `.bpmn`, `.dmn` or `.form` file in kebab-case, or the file is too long */
export function readProcessFile({ name, content }: { name: string; content: string }): ProcessFile {
  const ending = /^[a-z0-9][a-z0-9-]{0,78}\.(bpmn|dmn|form)$/.exec(name)?.[1];
  if (ending === undefined) throw new InvalidInput([{ field: 'name', code: 'fileName' }]);
  if (content.length > MAX_CHARACTERS) {
    throw new InvalidInput([{ field: 'content', code: 'tooLong', params: { max: MAX_CHARACTERS } }]);
  }
  return { name, kind: kinds[ending]!, content, checksum: checksumOf(content) };
}
