/** The DynamoDB engine behind the service: one instance an account and region. */
export interface Tables {
  /**
   * Performs a DynamoDB operation and resolves with its output, in the wire's own form. Rejects with an
   * AwsError of DynamoDB's own code and message.
   */
  perform(
    scope: { readonly accountId: string; readonly region: string },
    operation: string,
    input: object,
  ): Promise<object>;
  close(): Promise<void>;
}
