import { badRequest } from '../problem.ts';
import { isDateTime } from './check-shape.ts';
import type { Shape } from './request-shape.ts';

/** @throws Problem 400 in Spring's words; what the operation does not know is ignored, as there */
export function checkQuery(shape: Shape, query: URLSearchParams, except: string[] = []) {
  if (shape.kind !== 'object') return;
  for (const [name, property] of shape.properties) {
    if (except.includes(name)) continue;
    const value = query.get(name);
    if (value === null) {
      if (property.required) throw badRequest(`Required parameter '${name}' is not present.`);
    } else if (!fits(property.shape, value)) {
      throw badRequest(`Failed to convert '${name}' with value: '${value}'`);
    }
  }
}

function fits(shape: Shape, value: string) {
  if (shape.kind === 'boolean') return /^(true|false)$/i.test(value);
  if (shape.kind === 'number') return /^-?\d{1,15}$/.test(value);
  // a plus sign of an offset arrives as a space where the client has not encoded it
  return shape.kind === 'string' && shape.isDateTime ? isDateTime(value.replace(' ', '+')) : true;
}
