/** A deployment that failed, as far as explaining it needs. */
export interface FailedDeployment {
  readonly root: string;
  readonly labFolder: string;
  readonly lab: string;
  /** Construct paths by logical id. */
  readonly paths: ReadonlyMap<string, string>;
  /** `deploy again` */
  readonly again: string;
}
