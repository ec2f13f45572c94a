// ava's worker threads do not inherit --import, so each test file registers the TypeScript loader itself.
import { register } from 'tsx/esm/api';

register();
