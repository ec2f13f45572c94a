import type { z } from 'zod';
import { InvalidInput, type FieldProblem } from '../../domain/errors/invalid-input.ts';

/** Reads what came over the wire. @throws InvalidInput naming every field that is wrong, in the domain's own codes */
export function checkInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(result.error.issues.flatMap(problemsOf));
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const field = issue.path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: field === '' ? key : `${field}.${key}`,
        code: 'unknownField',
        params: { name: key },
      }));
    case 'invalid_type':
      return [{ field, code: issue.input === undefined ? 'required' : 'badFormat' }];
    case 'invalid_value':
      return [{ field, code: 'notAnOption', params: { value: String(issue.input).slice(0, 60) } }];
    case 'too_big':
      return [
        {
          field,
          code: issue.origin === 'string' ? 'tooLong' : 'tooLarge',
          params: { max: Number(issue.maximum), length: lengthOf(issue.input) },
        },
      ];
    case 'too_small':
      return [
        {
          field,
          code: issue.origin === 'string' ? 'tooShort' : 'tooSmall',
          params: { min: Number(issue.minimum), length: lengthOf(issue.input) },
        },
      ];
    default:
      return [{ field, code: 'badFormat' }];
  }
}

const lengthOf = (input: unknown) => (typeof input === 'string' || Array.isArray(input) ? input.length : 0);
