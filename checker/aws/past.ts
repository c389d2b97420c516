/** Works in an account while its clock is set back. */
export interface Past {
  /** How far back by default, in milliseconds. */
  readonly distance: number;
  during<T>(work: () => Promise<T>, distance?: number): Promise<T>;
}
