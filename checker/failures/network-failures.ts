import { capital, type FailureKind, oneOf } from './failure-kind.ts';

/** Explains that the account wasn't reached, and how; `onAws` is what to do there. */
const unreached =
  (how: string, onAws: string): FailureKind['explain'] =>
  ({ target: { title, kind }, message }) => ({
    reason: `${capital(title)} can't be reached: ${how}${message === '' ? '' : ` (${message})`}.`,
    next:
      kind === 'practice'
        ? 'See whether the practice account is running: `npx lab sandbox status`. `npx lab start` starts it; `npx lab check` also works without it.'
        : onAws,
  });

/** Why an account can't be reached. */
export const networkFailures: readonly FailureKind[] = [
  {
    matches: oneOf('ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'),
    explain: unreached(
      "its name can't be resolved",
      'Make sure that this machine has network access and DNS, and that the region exists. Then run the command again.',
    ),
  },
  {
    matches: oneOf('ECONNREFUSED'),
    explain: unreached(
      'nothing answers at its address',
      'See whether something is in between: a VPN, a firewall, a proxy.',
    ),
  },
  {
    matches: ({ codes, message }) =>
      codes.some((code) =>
        /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/.test(code),
      ) || /certificate|SSL routines|wrong version number/i.test(message),
    explain: unreached(
      'no trusted TLS connection',
      'There may be a proxy in between. Set NODE_EXTRA_CA_CERTS to its certificate, or use another network.',
    ),
  },
  {
    // The SDK calls this a timeout, too.
    matches: ({ codes, message }) =>
      oneOf('ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'UND_ERR_SOCKET')({ codes }) ||
      /socket hang up|^aborted$|premature close/i.test(message),
    explain: unreached('the connection broke', 'Check your network, and run the command again.'),
  },
  {
    matches: oneOf('ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError', 'ConnectTimeoutError', 'RequestTimeout'),
    explain: unreached('no answer in time', 'Check your network, and run the command again.'),
  },
  {
    matches: oneOf('EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'),
    explain: unreached(
      'there is no route to it',
      'Make sure that this machine has network access, and run the command again.',
    ),
  },
];
