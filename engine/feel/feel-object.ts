/** A value of FEEL that JSON has no form for; whatever else is an object is a context. */
export abstract class FeelObject {
  /** What `instance of` calls it. */
  abstract readonly typeName: string;
  /** The value as FEEL prints it and as JSON carries it. */
  abstract toString(): string;
}
