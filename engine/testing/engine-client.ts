import { Agent, request } from 'node:http';

// Answers are read as they come: what they hold is the tests' affair.
// oxlint-disable-next-line no-explicit-any
type Json = any;

export interface RestAnswer {
  status: number;
  text: string;
}

export class RefusedRequest extends Error {
  override name = 'RefusedRequest';
  readonly status: number;

  constructor(status: number, text: string) {
    super(`${status} ${text}`);
    this.status = status;
  }
}

/** Plain HTTP as cheap as it gets, for tests that send more than Camunda's own client can. */
export class EngineClient {
  readonly #address: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(address: string) {
    this.#address = new URL(address);
  }

  /** @throws the socket's error when nobody answers, e.g. because the engine has been killed */
  send(
    method: string,
    where: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<RestAnswer> {
    const { hostname, port } = this.#address;
    // node would send the body of a GET without saying how long it is
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent: this.#agent, hostname, port, method, path: where, headers: { ...headers, ...length } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString('utf8') }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** @throws RefusedRequest unless the status is 2xx */
  async ask(method: string, where: string, body?: unknown): Promise<Json> {
    const json = { 'content-type': 'application/json' };
    const { status, text } = await this.send(
      method,
      `/v2${where}`,
      body === undefined ? undefined : JSON.stringify(body),
      json,
    );
    if (status >= 300) throw new RefusedRequest(status, text);
    return text === '' ? undefined : JSON.parse(text);
  }

  post(where: string, body: unknown): Promise<Json> {
    return this.ask('POST', where, body);
  }

  async activate(type: string, maxJobsToActivate: number, requestTimeout = -1, timeout = 600_000): Promise<Json[]> {
    return (await this.post('/jobs/activation', { type, timeout, maxJobsToActivate, requestTimeout })).jobs;
  }

  async deploy(files: Record<string, string>): Promise<Json> {
    const form = new FormData();
    for (const [name, content] of Object.entries(files)) form.append('resources', new File([content], name));
    const response = await fetch(new URL('/v2/deployments', this.#address), { method: 'POST', body: form });
    if (!response.ok) throw new RefusedRequest(response.status, await response.text());
    return response.json();
  }

  close(): void {
    this.#agent.destroy();
  }
}
