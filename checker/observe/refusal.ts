/** A call that IAM denied, according to the function's log. */
export interface Refusal {
  /** `execute-api:ManageConnections` */
  readonly action: string;
  /** From AWS's message; for `@connections` the account is masked and the connection is a wildcard. */
  readonly resource: string;
  /** The caller: a session of the role. */
  readonly caller: string;
  /** AWS's message. */
  readonly message: string;
}

const sentence = /User: (\S+) is not authorized to perform: (\S+) on resource: ([^\s"\\]+)/;

/**
 * Returns the last denied call of an action in a log. The services use the same wording:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function lastRefusal(lines: readonly string[], action: string): Refusal | undefined {
  return lines
    .flatMap((line) => {
      const [message = '', caller = '', refused = '', resource = ''] = sentence.exec(line) ?? [];
      return refused.toLowerCase() === action.toLowerCase() ? { action: refused, resource, caller, message } : [];
    })
    .at(-1);
}
