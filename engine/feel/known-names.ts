import { trackVariables, VariableContext } from 'lezer-feel';

type Entries = Map<string, unknown>;

/**
 * The names that the parser has to know because they hold spaces or other characters that are no part of a plain
 * identifier: of built-in functions and properties always, of a DMN model's elements where it declares them, and those
 * that the expression itself makes on the way (context entries, loop variables). Values are of no interest to it.
 */
export function trackNames(names: string[]) {
  const given: Entries = new Map(names.map((name) => [name, null]));

  class KnownNames extends VariableContext {
    override value: Entries;

    constructor(entries: Entries = given) {
      super(entries);
      this.value = entries;
    }

    override getKeys(): string[] {
      return [...this.value.keys()];
    }

    override get(name: string): unknown {
      return this.value.get(name) ?? null;
    }

    /** The tracker sets what it takes for a name, which may be a context. */
    override set(name: unknown, value: unknown): this {
      if (typeof name !== 'string') return this;
      return new KnownNames(new Map(this.value).set(name, value)) as this;
    }

    /** What a path or a filter sees: the given names, and the entries of the contexts that are known. */
    static override of(...contexts: unknown[]): KnownNames {
      const entries: Entries = new Map(given);
      for (const context of contexts) {
        if (!(context instanceof KnownNames)) continue;
        for (const [name, value] of context.value) entries.set(name, value);
      }
      return new KnownNames(entries);
    }
  }

  return trackVariables(new KnownNames(), KnownNames);
}

const plainName = /^[\p{L}_?][\p{L}\p{N}_?]*$/u;

export const needsDeclaring = (name: string): boolean => !plainName.test(name);

/** One spelling for a name however it is spaced: `a - b` and `a-b` are the same. */
export const canonicalName = (name: string): string =>
  name
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?(\*\*|[./\-'+*]) ?/g, '$1');
