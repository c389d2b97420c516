/** A way to work in an account while its clock stands back. */
export interface Past {
  /** How far back it stands, in milliseconds, unless told otherwise. */
  readonly distance: number;
  during<T>(work: () => Promise<T>, distance?: number): Promise<T>;
}
