import type { Operation } from './operation.ts';
import { badRequest, Problem } from './problem.ts';

interface Node {
  children: Map<string, Node>;
  parameter?: Node;
  operations: Map<string, { operation: Operation; names: string[] }>;
}

export interface Match {
  operation: Operation;
  params: Record<string, string>;
}

const keyPattern = /^-?\d{1,19}$/;
/** Keys that are more than a number, or checked in words of their own. */
const freeKeys = new Set(['decisionEvaluationInstanceKey', 'batchOperationKey']);

/** Finds the operation that a method and a path name. */
export class Router {
  readonly #root: Node = newNode();

  constructor(operations: Iterable<Operation>) {
    for (const operation of operations) this.#add(operation);
  }

  /** @throws Problem 404 for a path that nothing serves, 405 for a method, 400 for a key that is not a number */
  match(method: string, path: string): Match {
    const values: string[] = [];
    let node: Node | undefined = this.#root;
    for (const segment of segmentsOf(path)) {
      const child: Node | undefined = node.children.get(segment);
      if (child) node = child;
      else {
        node = node.parameter;
        if (!node || segment === '') throw notFound(path);
        values.push(segment);
      }
    }
    if (node.operations.size === 0) throw notFound(path);
    const found = node.operations.get(method);
    if (!found) {
      const allowed = [...node.operations.keys()].join(', ');
      throw new Problem(405, 'Method Not Allowed', `Method '${method}' is not supported.`, { allow: allowed });
    }
    return { operation: found.operation, params: paramsOf(found.names, values) };
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
    if (name.endsWith('Key') && !keyPattern.test(value) && !freeKeys.has(name)) {
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
