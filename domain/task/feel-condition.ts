/**
 * The simple FEEL that forms hide fields by: comparisons, and/or/not, null, `is defined`, `list contains`, `in (…)`. The engine has
 * a whole FEEL; the domain may not import it, and a form's condition needs no more. What this cannot read answers UNREADABLE.
 */
export const UNREADABLE = Symbol('unreadable');
type Value = unknown;
type Data = Record<string, unknown>;

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|(list contains|is defined|is blank|is not null|is null)\b|([\p{L}_][\p{L}\p{N}_]*)|(!=|<=|>=|[=<>()[\],.-]))/uy;

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (!found) throw new SyntaxError(text);
    tokens.push(found[0].trim());
  }
  return tokens;
}

const same = (left: Value, right: Value): boolean | null => {
  if (left === null || right === null) return left === right;
  return typeof left === typeof right ? JSON.stringify(left) === JSON.stringify(right) : null;
};
const ordered = (left: Value, right: Value): boolean =>
  (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');

class Reader {
  private at = 0;
  private readonly tokens: string[];
  private readonly data: Data;

  constructor(tokens: string[], data: Data) {
    this.tokens = tokens;
    this.data = data;
  }

  whole(): Value {
    const value = this.or();
    if (this.at < this.tokens.length) throw new SyntaxError(this.tokens[this.at]);
    return value;
  }
  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }
  private expect(token: string): void {
    if (!this.take(token)) throw new SyntaxError(`${token} expected`);
  }
  private or(): Value {
    let value = this.and();
    while (this.take('or')) {
      const right = this.and();
      value = value === true || right === true ? true : value === false && right === false ? false : null;
    }
    return value;
  }
  private and(): Value {
    let value = this.comparison();
    while (this.take('and')) {
      const right = this.comparison();
      value = value === false || right === false ? false : value === true && right === true ? true : null;
    }
    return value;
  }
  private comparison(): Value {
    const left = this.primary();
    if (this.take('is null')) return left === null;
    if (this.take('is not null')) return left !== null;
    if (this.take('=')) return same(left, this.primary());
    if (this.take('!=')) {
      const equal = same(left, this.primary());
      return equal === null ? null : !equal;
    }
    if (this.take('in')) return this.list('(', ')').some((item) => same(left, item) === true);
    for (const operator of ['<=', '>=', '<', '>']) {
      if (!this.take(operator)) continue;
      const right = this.primary();
      if (!ordered(left, right)) return null;
      const [a, b] = [left as number, right as number];
      return operator === '<=' ? a <= b : operator === '>=' ? a >= b : operator === '<' ? a < b : a > b;
    }
    return left;
  }
  private list(open: string, close: string): Value[] {
    this.expect(open);
    const items: Value[] = [];
    while (!this.take(close)) {
      if (items.length > 0) this.expect(',');
      items.push(this.or());
    }
    return items;
  }
  private primary(): Value {
    const token = this.tokens[this.at];
    if (token === undefined) throw new SyntaxError('end of text');
    if (token === '[') return this.list('[', ']');
    this.at += 1;
    if (token === '(') {
      const value = this.or();
      this.expect(')');
      return value;
    }
    if (token === '-') return -Number(this.primary());
    if (token.startsWith('"')) return JSON.parse(token) as string;
    if (/^\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (!/^[\p{L}_]/u.test(token)) throw new SyntaxError(token);
    return this.tokens[this.at] === '(' ? this.call(token) : this.path(token);
  }
  private call(name: string): Value {
    const [first = null, second = null] = this.list('(', ')');
    if (name === 'not') return typeof first === 'boolean' ? !first : null;
    if (name === 'is defined') return first !== null;
    if (name === 'is blank') return first === null || first === '';
    if (name === 'count') return Array.isArray(first) ? first.length : null;
    if (name === 'list contains')
      return Array.isArray(first) ? first.some((item) => same(item, second) === true) : null;
    throw new SyntaxError(name);
  }
  private path(name: string): Value {
    let value: Value = this.data[name] ?? null;
    while (this.take('.')) {
      const key = this.tokens[this.at++] ?? '';
      value = typeof value === 'object' && value !== null ? ((value as Data)[key] ?? null) : null;
    }
    return value;
  }
}

/** @param expression with or without its leading `=`
 * @returns a FEEL value, or UNREADABLE */
export function evaluateCondition(expression: string, data: Data): Value {
  try {
    return new Reader(tokenise(expression.replace(/^\s*=/, '')), data).whole();
  } catch (error) {
    if (error instanceof SyntaxError) return UNREADABLE;
    throw error;
  }
}
