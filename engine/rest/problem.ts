/** An answer that is not a success: RFC 9457 problem detail, as Camunda's gateway prints it. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly headers: Record<string, string>;

  constructor(status: number, title: string, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.headers = headers;
  }

  /** @param instance path of the request that failed */
  toJson(instance: string) {
    return { type: 'about:blank', title: this.title, status: this.status, detail: this.detail, instance };
  }
}

export function badRequest(detail: string) {
  return new Problem(400, 'Bad Request', detail);
}

/** What Camunda checks outside of its validators, which end the last sentence with a full stop. */
const withoutFullStop = new Set(['No assignee provided', 'No expression provided']);

/** Camunda's validators collect every violation and print them as sentences. */
export function invalidArgument(violations: string[]) {
  const sentences = violations.join('. ');
  const isEnded = sentences.endsWith('.') || withoutFullStop.has(sentences);
  return new Problem(400, 'INVALID_ARGUMENT', isEnded ? sentences : `${sentences}.`);
}

/** @param by what Camunda calls the thing that was asked for */
export function entityNotFound(entity: string, key: string, by: 'key' | 'id' = 'key') {
  return new Problem(404, 'NOT_FOUND', `${entity} with ${by} '${key}' not found`);
}
