/** Words that FEEL takes as names where the grammar does not: they are renamed before parsing, to the same length. */
const token = /"(?:\\[\s\S]|[^"\\])*"|`[^`]*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[\p{L}_?$][\p{L}\p{N}_$]*|[\d.]+|\S/gu;

const beforeOperand = new Set('( [ { , : ; = < > + - * / if then else return satisfies in and or'.split(' '));

/** The names that stand for the functions `and()` and `or()`. */
export const andFunction = 'ånd';
export const orFunction = 'ør';

/** The types `function` and `null` behind `instance of`. */
export const functionType = 'ƒunction';
export const nullType = 'ƞull';

/** Stands before `list<…>` where the source says `range<…>`. */
export const rangeTypeMark = '\u2007';

/** Stands for the `$` that a name may have, as in Java. */
const dollar = 'ǂ';

export const withDollars = (name: string): string => (name.includes(dollar) ? name.replaceAll(dollar, '$') : name);

const mayNeed = /\b(?:and|or)\s*\(|\brange\s*<|\bof\s+(?:function|null)\b|\$/;

/** The source as the grammar understands it, character by character as long. */
export function renamed(source: string): string {
  if (!mayNeed.test(source)) return source;
  let previous = '';
  return source.replace(token, (found: string, at: number) => {
    if (/^(?:"|`|\/\/|\/\*)/.test(found)) {
      if (!found.startsWith('/')) previous = found;
      return found;
    }
    const result = wordFor(found, previous, source.slice(at + found.length));
    previous = result;
    return result;
  });
}

function wordFor(found: string, previous: string, rest: string): string {
  if (found === 'and' || found === 'or') {
    const asFunction = /^\s*\(/.test(rest) && (previous === '' || beforeOperand.has(previous));
    if (!asFunction) return found;
    return found === 'and' ? andFunction : orFunction;
  }
  const isTyped = /^\s*</.test(rest);
  if (found === 'range' && isTyped) return `${rangeTypeMark}list`;
  if (found === 'function' && previous === 'of' && !isTyped) return functionType;
  if (found === 'null' && previous === 'of') return nullType;
  return found.replaceAll('$', dollar);
}
