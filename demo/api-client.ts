/** What the player needs of /api, as one of the demo accounts. */
export interface ApiClient {
  post(path: string, body: unknown): Promise<Record<string, unknown>>;
  get(path: string): Promise<Record<string, unknown>>;
}

export class ApiFailure extends Error {
  override name = 'ApiFailure' as const;
  status: number;

  constructor(status: number, path: string, body: string) {
    super(`${path} answered ${status}: ${body.slice(0, 500)}`);
    this.status = status;
  }
}

export function apiClient(address: string, token: string): ApiClient {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiFailure(response.status, path, text);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
  return { post: (path, body) => call('POST', path, body), get: (path) => call('GET', path) };
}
