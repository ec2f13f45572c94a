import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A process of its own that answers a client of the engine at once and does nothing: an instance that is "created" is
 * a job for the worker that waits. What a client measures here is the client, Node's HTTP and the loopback.
 */
const definition = { processDefinitionId: 'bench', processDefinitionVersion: 1, processDefinitionKey: '1' };
let keys = 1;
let instances = 0;
const polls: ServerResponse[] = [];

function giveJob(): void {
  if (instances === 0 || polls.length === 0) return;
  instances--;
  const key = String(keys++);
  const job = {
    ...definition,
    jobKey: key,
    type: 'work',
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    worker: 'bench',
    elementId: 'work',
    elementInstanceKey: key,
    processInstanceKey: key,
    rootProcessInstanceKey: key,
    retries: 3,
    deadline: Date.now() + 60_000,
    customHeaders: {},
    variables: { amount: 2 },
    tags: [],
    tenantId: '<default>',
    userTask: null,
  };
  answer(polls.shift()!, { jobs: [job] });
}

function answer(response: ServerResponse, body: object): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
}

function serve(path: string, response: ServerResponse): void {
  if (path.endsWith('/jobs/activation')) polls.push(response);
  else if (path.endsWith('/process-instances')) {
    instances++;
    const key = String(keys++);
    const instance = { ...definition, processInstanceKey: key, rootProcessInstanceKey: key, businessId: null };
    answer(response, { ...instance, tenantId: '<default>', variables: {}, tags: [] });
  } else response.writeHead(204).end();
  giveJob();
}

function onceRead(request: IncomingMessage, then: () => void): void {
  request.resume().once('end', then);
}

const server = createServer((request, response) => onceRead(request, () => serve(request.url!, response)));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
