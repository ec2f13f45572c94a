import { booleanFunctions } from './boolean.ts';
import { contextFunctions } from './context.ts';
import { conversionFunctions } from './conversion.ts';
import { listFunctions } from './list.ts';
import { miscellaneousFunctions } from './miscellaneous.ts';
import { numberFunctions } from './number.ts';
import { rangeFunctions } from './range.ts';
import type { FunctionTable, Signature } from './signature.ts';
import { statisticsFunctions } from './statistics.ts';
import { stringFunctions } from './string.ts';
import { temporalFunctions } from './temporal.ts';

const tables: FunctionTable[] = [
  booleanFunctions,
  contextFunctions,
  conversionFunctions,
  listFunctions,
  miscellaneousFunctions,
  numberFunctions,
  rangeFunctions,
  statisticsFunctions,
  stringFunctions,
  temporalFunctions,
];

export const builtins: ReadonlyMap<string, Signature[]> = new Map(tables.flatMap((table) => Object.entries(table)));
