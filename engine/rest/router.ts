import { isInt64, type Operation } from './operation.ts';
import { badRequest, Problem } from './problem.ts';

interface Node {
  children: Map<string, Node>;
  parameter?: Node;
  operations: Map<string, { operation: Operation; names: string[] }>;
}

interface Candidate {
  operations: Node['operations'];
  values: string[];
}

export interface Match {
  operation: Operation;
  params: Record<string, string>;
}

const keyPattern = /^-?\d{1,19}$/;
/** Keys that are more than a number, or checked in words of their own. */
const freeKeys = new Set(['decisionEvaluationInstanceKey', 'batchOperationKey', 'auditLogKey']);

/** Finds the operation that a method and a path name. */
export class Router {
  readonly #root: Node = newNode();

  constructor(operations: Iterable<Operation>) {
    for (const operation of operations) this.#add(operation);
  }

  /** @throws Problem 404 for a path that nothing serves, 405 for a method, 400 for a key that is not a number */
  match(method: string, path: string): Match {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const matches = this.#find(path);
    const match = matches.find(({ operations }) => operations.has(wanted));
    if (!match) {
      const allow = methodsIn(matches).join(', ');
      throw new Problem(405, 'Method Not Allowed', `Method '${method}' is not supported.`, { allow });
    }
    const { operation, names } = match.operations.get(wanted)!;
    return { operation, params: paramsOf(names, match.values) };
  }

  /** @throws Problem 404 for a path that nothing serves */
  methodsOf(path: string): string[] {
    return methodsIn(this.#find(path));
  }

  /** What a path may name, a word of its own before a parameter: `/user-tasks/search` is a key where no word fits. */
  #find(path: string): Candidate[] {
    const candidates: Candidate[] = [];
    const segments = segmentsOf(path);
    const walk = (node: Node, at: number, values: string[]) => {
      if (at === segments.length) {
        if (node.operations.size > 0) candidates.push({ operations: node.operations, values });
        return;
      }
      const segment = segments[at]!;
      const child = node.children.get(segment);
      if (child) walk(child, at + 1, values);
      if (node.parameter && segment !== '') walk(node.parameter, at + 1, [...values, segment]);
    };
    walk(this.#root, 0, []);
    if (candidates.length === 0) throw notFound(path);
    return candidates;
  }

  #add(operation: Operation) {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of segmentsOf(operation.path)) {
      if (segment.startsWith('{')) {
        names.push(segment.slice(1, -1));
        node = node.parameter ??= newNode();
      } else {
        let child = node.children.get(segment);
        if (!child) node.children.set(segment, (child = newNode()));
        node = child;
      }
    }
    node.operations.set(operation.method, { operation, names });
  }
}

function methodsIn(candidates: Candidate[]) {
  return [...new Set(candidates.flatMap(({ operations }) => [...operations.keys()]))];
}

function newNode(): Node {
  return { children: new Map(), operations: new Map() };
}

function segmentsOf(path: string) {
  return path.slice(1).split('/');
}

function paramsOf(names: string[], values: string[]) {
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = decode(values[index]!);
    if (name.endsWith('Key') && !freeKeys.has(name) && !(keyPattern.test(value) && isInt64(value))) {
      throw badRequest(`Failed to convert '${name}' with value: '${value}'`);
    }
    params[name] = value;
  }
  return params;
}

function decode(value: string) {
  try {
    return decodeURIComponent(value);
  } catch {
    throw badRequest(`The path segment '${value}' is not valid percent-encoding`);
  }
}

function notFound(path: string) {
  return new Problem(404, 'Not Found', `No static resource ${path.slice(1)}.`);
}
