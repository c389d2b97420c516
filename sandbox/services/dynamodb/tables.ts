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
  /** Loads the engine in the background: a function that starts will soon call it. */
  prepare(scope: { readonly accountId: string; readonly region: string }): void;
  close(): Promise<void>;
}
