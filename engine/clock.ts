/** The engine's time: pinned by PUT /v2/clock, freed by its reset. In memory only, as Zeebe's: a restart frees it. */
export class EngineClock {
  #pinnedAtMs: number | undefined;

  now(): number {
    return this.#pinnedAtMs ?? Date.now();
  }

  get pinned(): boolean {
    return this.#pinnedAtMs !== undefined;
  }

  /** None while it runs. */
  get pinnedAtMs(): number | undefined {
    return this.#pinnedAtMs;
  }

  pin(timestampMs: number): void {
    this.#pinnedAtMs = timestampMs;
  }

  reset(): void {
    this.#pinnedAtMs = undefined;
  }
}
