/** Where an engine says what happens to it; a logger of pino is one. */
export interface EngineLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Says only what is a defect or a failure of the machine. */
export const errorsToStderr: EngineLog = {
  info: () => {},
  warn: () => {},
  error: (fields, message) => {
    const { err } = fields as { err?: unknown };
    const reason = err instanceof Error ? (err.stack ?? err.message) : JSON.stringify(fields);
    process.stderr.write(`${message}: ${reason}\n`);
  },
};
