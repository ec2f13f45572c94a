declare module 'saxen' {
  export class Parser {
    ns(map: Record<string, string>): this;
    on(
      event: 'openTag',
      listener: (name: string, attributes: () => Record<string, string>, decode: (text: string) => string) => void,
    ): this;
    on(event: 'closeTag', listener: (name: string) => void): this;
    on(event: 'text', listener: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', listener: (text: string) => void): this;
    on(
      event: 'error' | 'warn',
      listener: (error: Error, context: () => { line: number; column: number }) => void,
    ): this;
    parse(xml: string): void;
  }
}
