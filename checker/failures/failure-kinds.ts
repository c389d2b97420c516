import type { Target } from '../aws/target.ts';
import { missingPermission } from './missing-permission.ts';

/** Why the checker could not look, and what to do about it. Never the learner's mistake in the room. */
export interface Failure {
  readonly reason: string;
  readonly next: string;
  /** It passes without help: a look a moment later may succeed. */
  readonly passing?: true;
  /** The account was looked at, and what was looked for is not there. */
  readonly notFound?: true;
}

/** As much of a target as a sentence about it needs. */
export type FailedAt = Pick<Target, 'kind' | 'title' | 'profile'>;

/** What is known of an error. */
interface Symptoms {
  /** Its name and codes, and those of what caused it. */
  readonly codes: readonly string[];
  readonly message: string;
  /** The HTTP status that came with it. */
  readonly status: number | undefined;
  readonly target: FailedAt;
}

interface Explained {
  readonly target: FailedAt;
  readonly message: string;
  /** The call of the SDK: `DescribeStacks`. */
  readonly call: string | undefined;
}

/** One way in which an account cannot be looked at. */
export interface FailureKind {
  readonly matches: (symptoms: Symptoms) => boolean;
  readonly explain: (explained: Explained) => Failure;
}

const again = 'Run the command again.';

const oneOf =
  (...names: string[]) =>
  ({ codes }: Pick<Symptoms, 'codes'>) =>
    codes.some((code) => names.includes(code));

/** What a network does, each with its sentence. */
const unreached =
  (how: string, onAws: string): FailureKind['explain'] =>
  ({ target: { title, kind }, message }) => ({
    reason: `${capital(title)} cannot be reached: ${how}${message === '' ? '' : ` (${message})`}.`,
    next:
      kind === 'practice'
        ? 'See that the practice account runs: `npx lab sandbox status`. `npx lab start` starts it, `npx lab check` also runs without it.'
        : onAws,
  });

/** The first that matches counts: an SSO session that ran out comes as a credentials error too. */
export const failureKinds: readonly FailureKind[] = [
  {
    matches: ({ codes, message }) =>
      oneOf('ExpiredToken', 'ExpiredTokenException', 'TokenProviderError')({ codes }) ||
      (codes.includes('CredentialsProviderError') && /expired|sso login|aws login|refresh/i.test(message)),
    explain: ({ target: { title, profile } }) => ({
      reason: `Your credentials for ${title} have expired.`,
      next:
        profile === undefined
          ? 'Sign in again (`aws sso login`, or get new temporary keys), then run the command again.'
          : `Sign in again: \`aws sso login --profile ${profile}\`. Then run the command again.`,
    }),
  },
  {
    matches: oneOf('CredentialsProviderError'),
    explain: ({ target: { title, profile } }) => ({
      reason: `There are no credentials for ${title}.`,
      next:
        profile === undefined
          ? 'Name a profile (`npx lab use aws --profile NAME`) or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. `npx lab use practice` works without.'
          : `The profile ${profile} gives none: sign in (\`aws sso login --profile ${profile}\`, or \`aws login --profile ${profile}\`).`,
    }),
  },
  {
    matches: ({ codes, message }) =>
      oneOf('RequestTimeTooSkewed', 'RequestExpired')({ codes }) ||
      (oneOf('InvalidSignatureException', 'SignatureDoesNotMatch')({ codes }) &&
        /Signature (expired|not yet current)/i.test(message)),
    explain: () => ({
      reason: 'The clock of this machine is wrong: AWS refuses what was signed at another time.',
      next: 'Set the clock and run the command again.',
    }),
  },
  {
    // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
    matches: ({ codes, message }) =>
      oneOf('RegionDisabledException', 'OptInRequired')({ codes }) ||
      /scoped to a valid region|not activated in this region/i.test(message),
    explain: ({ target: { title }, message }) => ({
      reason: `${capital(title)} does not serve this region: ${message}`,
      next: 'Name one that the account has: `npx lab use aws --region eu-central-1`, for instance.',
    }),
  },
  {
    matches: oneOf(
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
      'AuthFailure',
    ),
    explain: ({ target: { title, kind } }) => ({
      reason: `${capital(title)} does not know the access key, or the secret key is not its own.`,
      next:
        kind === 'practice'
          ? 'Take AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY out of your environment, or set them by `eval "$(npx lab env)"`.'
          : 'See which keys are in use: `aws sts get-caller-identity`. In a region that the account has not switched on, AWS says the same.',
    }),
  },
  {
    matches: oneOf('AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'ForbiddenException'),
    explain: refused,
  },
  {
    matches: ({ codes, status }) =>
      status === 429 ||
      oneOf(
        'Throttling',
        'ThrottlingException',
        'ThrottledException',
        'TooManyRequestsException',
        'RequestLimitExceeded',
        'RequestThrottledException',
        'SlowDown',
        'ProvisionedThroughputExceededException',
      )({ codes }),
    explain: ({ target: { title } }) => ({
      reason: `${capital(title)} is asked too much at this moment and turned the checker away, also when it asked again.`,
      next: 'Wait a minute and run the command again.',
      passing: true,
    }),
  },
  {
    matches: oneOf('ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'),
    explain: unreached(
      'its name cannot be looked up',
      'See that this machine has a network and a name server, and that the region exists; then run the command again.',
    ),
  },
  {
    matches: oneOf('ECONNREFUSED'),
    explain: unreached(
      'nothing answers at its address',
      'See that nothing is in between (a VPN, a firewall, a proxy).',
    ),
  },
  {
    matches: ({ codes, message }) =>
      codes.some((code) =>
        /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/.test(code),
      ) || /certificate|SSL routines|wrong version number/i.test(message),
    explain: unreached(
      'no trusted TLS connection',
      'A proxy may be in between: name its certificate in NODE_EXTRA_CA_CERTS, or use another network.',
    ),
  },
  {
    // A permission may still be spreading: https://repost.aws/knowledge-center/cognito-lambda-trigger-errors
    matches: oneOf('UnexpectedLambdaException'),
    explain: ({ message }) => ({
      reason: `Cognito could not invoke the user pool's trigger for the checker's own user: ${message}`,
      next: `See who may invoke the trigger's function, and whether it answers within five seconds. ${again}`,
      passing: true,
    }),
  },
  {
    matches: oneOf('UserLambdaValidationException', 'InvalidLambdaResponseException'),
    explain: ({ message }) => ({
      reason: `The user pool's trigger does not accept the checker's own user, an employee: ${message}`,
      next: 'Let the trigger return the event for addresses of the company, and deploy.',
    }),
  },
  {
    // The SDK names it a time-out, too.
    matches: ({ codes, message }) =>
      oneOf('ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'UND_ERR_SOCKET')({ codes }) ||
      /socket hang up|^aborted$|premature close/i.test(message),
    explain: unreached('the connection broke', 'See how the network is, and run the command again.'),
  },
  {
    matches: oneOf('ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError', 'ConnectTimeoutError', 'RequestTimeout'),
    explain: unreached('no answer in time', 'See how the network is, and run the command again.'),
  },
  {
    matches: oneOf('EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'),
    explain: unreached('there is no way to it', 'See that this machine has a network, and run the command again.'),
  },
  {
    // Not every endpoint, region and partition serves every call.
    matches: oneOf(
      'InvalidAction',
      'UnknownOperationException',
      'UnknownOperation',
      'NotImplemented',
      'UnsupportedOperation',
      'UnsupportedOperationException',
    ),
    explain: ({ target: { title, kind }, message, call }) => ({
      reason: message.startsWith(capital(title))
        ? message
        : `${capital(title)} doesn't serve ${call ?? 'this call'}: ${message}`,
      next:
        kind === 'practice'
          ? 'Use what the practice account serves, or AWS: `npx lab use aws`. If the account that runs is of an older version, `npx lab sandbox stop` ends it and keeps what is deployed.'
          : 'See which endpoint is in use (`AWS_ENDPOINT_URL`, or `endpoint_url` of the profile): another program than AWS answers there, or the region lacks the call. `npx lab use aws` names another region.',
    }),
  },
  {
    matches: ({ status }) => status !== undefined && status >= 500,
    explain: ({ target: { title, kind }, message }) => ({
      reason: `${capital(title)} answered with a fault of its own: ${message}`,
      next: kind === 'aws' ? 'Try again in a minute; https://health.aws.amazon.com tells of outages.' : again,
    }),
  },
  {
    // A sign-in page of a hotel, a proxy that says no: not what AWS would have said.
    matches: ({ codes, message }) =>
      oneOf('NotFromApiGatewayError', 'NotFromAwsError')({ codes }) ||
      /Deserialization error|not valid JSON|Unexpected token|char '/.test(message),
    explain: ({ target: { title }, message }) => ({
      reason: `Something else answered in the place of ${title}: ${message}`,
      next: 'A proxy or a sign-in page may be in between: open a web page to see, then run the command again.',
    }),
  },
];

function refused({ message, call }: Explained): Failure {
  const missing = missingPermission(message, call);
  const reason = `The checker's own credentials may not look: ${message}`;
  if (missing === undefined) {
    return { reason, next: 'Hand `npx lab doctor --policy` to whoever gives permissions in that account.' };
  }
  if ('deniedBy' in missing) {
    return {
      reason,
      next: `It is denied, by the ${missing.deniedBy}: no permission outweighs that. Ask who is in charge of it, or use another account.`,
    };
  }
  const all = missing.isOfChecker
    ? 'all that the checker needs: `npx lab doctor --policy`'
    : 'all that each command needs: docs/aws.md';
  return {
    reason,
    next: `Hand this statement to whoever gives permissions in that account: ${JSON.stringify(missing.statement)} (${all}).`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
