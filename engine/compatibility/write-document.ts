import { writeFileSync } from 'node:fs';
import { compatibilityDocument } from './document.ts';

/** `npm run compatibility` */
writeFileSync(new URL('../../docs/compatibility.md', import.meta.url), compatibilityDocument());
