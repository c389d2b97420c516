/** A way to work in an account while its clock stands back. */
export interface Past {
  /** How far back it stands, in milliseconds. */
  readonly distance: number;
  during<T>(work: () => Promise<T>): Promise<T>;
}
