/** A call that IAM refused, as the function's log tells of it. */
export interface Refusal {
  /** `execute-api:ManageConnections` */
  readonly action: string;
  /** As AWS gives it; the account is masked and the connection left open for `@connections`. */
  readonly resource: string;
  /** Who called: the session of the role. */
  readonly caller: string;
  /** The sentence that AWS says. */
  readonly message: string;
}

const sentence = /User: (\S+) is not authorized to perform: (\S+) on resource: ([^\s"\\]+)/;

/**
 * The last call of an action that a log says was refused. The services word it alike:
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
