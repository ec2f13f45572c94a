type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** What breaks OpenAPI 3.1 in a document of this project's kind: an empty list is a valid one. */
export function problemsOfOpenapi(document: unknown): string[] {
  const problems: string[] = [];
  const say = (where: string, what: string) => problems.push(`${where}: ${what}`);
  if (!isNode(document)) return ['no object'];
  if (!/^3\.1\.\d+$/.test(String(document['openapi']))) say('openapi', 'no 3.1');
  const info = document['info'];
  if (!isNode(info) || typeof info['title'] !== 'string' || typeof info['version'] !== 'string') say('info', 'lacks');
  for (const [path, item] of Object.entries(document['paths'] as Node)) {
    if (!path.startsWith('/')) say(path, 'begins with no slash');
    for (const [method, operation] of Object.entries(item as Node))
      checkOperation(path, method, operation as Node, say);
  }
  const ids = operationsOf(document).map(({ operationId }) => operationId);
  if (new Set(ids).size !== ids.length) say('operationId', 'twice');
  checkReferences(document, document, say);
  return problems;
}

function operationsOf(document: Node): Node[] {
  return Object.values(document['paths'] as Node).flatMap((item) => Object.values(item as Node) as Node[]);
}

function checkOperation(path: string, method: string, operation: Node, say: (where: string, what: string) => void) {
  const where = `${method} ${path}`;
  if (!['get', 'post', 'put', 'delete', 'patch'].includes(method)) say(where, 'no method');
  const parameters = (operation['parameters'] ?? []) as Node[];
  const inPath = parameters.filter((parameter) => parameter['in'] === 'path');
  const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const isSame = wanted.length === inPath.length && inPath.every(({ name }) => wanted.includes(String(name)));
  if (!isSame) say(where, 'path parameters');
  for (const parameter of parameters) {
    if (!isNode(parameter['schema'])) say(where, `parameter ${String(parameter['name'])} has no schema`);
    if (parameter['in'] === 'path' && parameter['required'] !== true) say(where, 'a path parameter may be left out');
  }
  const responses = operation['responses'] as Node | undefined;
  if (!responses || Object.keys(responses).length === 0) say(where, 'no responses');
  for (const [status, response] of Object.entries(responses ?? {})) {
    if (!/^[1-5](\d\d|XX)$/.test(status)) say(where, `status ${status}`);
    if (typeof (response as Node)['description'] !== 'string') say(where, `${status} has no description`);
  }
}

/** Every `$ref` leads somewhere inside the document; no schema is of OpenAPI 3.0 (`nullable`). */
function checkReferences(node: unknown, document: Node, say: (where: string, what: string) => void): void {
  if (Array.isArray(node)) for (const one of node) checkReferences(one, document, say);
  if (!isNode(node)) return;
  const reference = node['$ref'];
  if (typeof reference === 'string') {
    const found = reference
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((place, key) => (isNode(place) ? place[key] : undefined), document);
    if (!reference.startsWith('#/') || found === undefined) say(reference, 'leads nowhere');
  }
  if (typeof node['nullable'] === 'boolean') say('nullable', 'is of OpenAPI 3.0');
  for (const inner of Object.values(node)) checkReferences(inner, document, say);
}
