/** A call that IAM denied, according to the function's log. */
export interface Refusal {
  /** `execute-api:ManageConnections` */
  readonly action: string;
  /** From AWS's message; for `@connections` the account is masked and the connection is a wildcard. */
  readonly resource: string;
  /** The caller: a session of the role. */
  readonly caller: string;
  /** AWS's message, after the error's name if the line has both together. */
  readonly message: string;
}

const sentence = /(?:\b[A-Z]\w+: )?User: (\S+) is not authorized to perform: (\S+) on resource: ([^\s"\\]+)/g;

/**
 * Returns the last denied call of an action in a log. The services use the same wording:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function lastRefusal(lines: readonly string[], action: string): Refusal | undefined {
  const found = lines.flatMap((line) =>
    [...line.matchAll(sentence)].map(([message, caller = '', refused = '', resource = '']) => {
      return { action: refused, resource, caller, message };
    }),
  );
  const last = found.findLast((each) => each.action.toLowerCase() === action.toLowerCase());
  // Lambda's JSON has the message alone, and again after the error's name.
  return found.findLast(({ message }) => last !== undefined && message.endsWith(`: ${last.message}`)) ?? last;
}
