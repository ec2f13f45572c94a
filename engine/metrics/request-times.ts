import { Distribution } from './distribution.ts';

/** How long requests took, by the operation or rpc that they asked for and the status that they were answered with. */
export class RequestTimes {
  readonly #byLabels = new Map<string, { labels: RequestLabels; seconds: Distribution }>();

  observe(labels: RequestLabels, startedAt: number): void {
    const name = `${labels.method} ${labels.target} ${labels.status}`;
    let found = this.#byLabels.get(name);
    if (!found) this.#byLabels.set(name, (found = { labels, seconds: new Distribution() }));
    found.seconds.observe((performance.now() - startedAt) / 1000);
  }

  entries() {
    return [...this.#byLabels.values()];
  }
}

export interface RequestLabels {
  /** HTTP method or kind of rpc. */
  method: string;
  /** The operation's path with its parameters unnamed, or the rpc: never what a client made up. */
  target: string;
  status: string;
}
