const idPattern = '^[a-zA-Z0-9_~@.+-]+$';

/** Camunda's check of ids that a client chooses: names of variables, ids and types of global listeners, tenants. */
export function checkId(id: string, what: string, invalid: string[], pattern = idPattern, maxLength = 256) {
  if (id.trim() === '') invalid.push(`No ${what} provided`);
  else if (id.length > maxLength) invalid.push(`The provided ${what} exceeds the limit of ${maxLength} characters`);
  else if (!new RegExp(pattern).test(id)) {
    invalid.push(`The provided ${what} contains illegal characters. It must match the pattern '${pattern}'`);
  }
}
