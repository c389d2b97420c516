/** The DynamoDB engine behind the service: one instance per account and region. */
export interface Tables {
  /**
   * Performs a DynamoDB operation and resolves with its output in wire format. Rejects with an AwsError with DynamoDB's
   * own code and message.
   */
  perform(
    scope: { readonly accountId: string; readonly region: string },
    operation: string,
    input: object,
  ): Promise<object>;
  /** Opens the database in the background, if there is one: a function that starts will soon call it. */
  prepare(scope: { readonly accountId: string; readonly region: string }): void;
  close(): Promise<void>;
}
