// A worker thread does not inherit tsx's loader, and `new Worker('x.ts')` fails: this registers it first.
import { register } from 'tsx/esm/api';

register();
await import('./thread-main.ts');
