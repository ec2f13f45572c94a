export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? '';
}

/** A write with fetch. Answers the response whatever its status; a lost connection rejects. */
export function post(address: string, body: unknown, method = 'POST'): Promise<Response> {
  return fetch(address, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrfToken() },
    body: JSON.stringify(body),
  });
}
