import type { Target } from '../aws/target.ts';
import { missingPermission } from './missing-permission.ts';

/** Why the checker could not look, and what to do about it. Never the learner's mistake in the room. */
export interface Failure {
  readonly reason: string;
  readonly next: string;
  /** It's transient: trying again in a moment may succeed. */
  readonly passing?: true;
  /** The account was read, and what the check looked for is not there. */
  readonly notFound?: true;
}

/** The parts of a target that a sentence about it needs. */
export type FailedAt = Pick<Target, 'kind' | 'title' | 'profile'>;

/** The facts known about an error. */
interface Symptoms {
  /** Its name and codes, and those of its causes. */
  readonly codes: readonly string[];
  readonly message: string;
  /** The HTTP status that came with it. */
  readonly status: number | undefined;
  readonly target: FailedAt;
}

interface Explained {
  readonly target: FailedAt;
  readonly message: string;
  /** The SDK's call: `DescribeStacks`. */
  readonly call: string | undefined;
}

/** One reason why an account can't be read. */
export interface FailureKind {
  readonly matches: (symptoms: Symptoms) => boolean;
  readonly explain: (explained: Explained) => Failure;
}

const again = 'Run the command again.';

const oneOf =
  (...names: string[]) =>
  ({ codes }: Pick<Symptoms, 'codes'>) =>
    codes.some((code) => names.includes(code));

/** Network failures, each with its explanation. */
const unreached =
  (how: string, onAws: string): FailureKind['explain'] =>
  ({ target: { title, kind }, message }) => ({
    reason: `${capital(title)} can't be reached: ${how}${message === '' ? '' : ` (${message})`}.`,
    next:
      kind === 'practice'
        ? 'See whether the practice account is running: `npx lab sandbox status`. `npx lab start` starts it; `npx lab check` also works without it.'
        : onAws,
  });

/** The first match counts: an expired SSO session also looks like a credentials error. */
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
      reason: `No credentials found for ${title}.`,
      next:
        profile === undefined
          ? 'Choose a profile (`npx lab use aws --profile NAME`) or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. `npx lab use practice` needs none.'
          : `The profile ${profile} has none. Sign in (\`aws sso login --profile ${profile}\`, or \`aws login --profile ${profile}\`).`,
    }),
  },
  {
    matches: ({ codes, message }) =>
      oneOf('RequestTimeTooSkewed', 'RequestExpired')({ codes }) ||
      (oneOf('InvalidSignatureException', 'SignatureDoesNotMatch')({ codes }) &&
        /Signature (expired|not yet current)/i.test(message)),
    explain: () => ({
      reason: "This machine's clock is wrong, so AWS rejects the signatures.",
      next: 'Set the clock and run the command again.',
    }),
  },
  {
    // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
    matches: ({ codes, message }) =>
      oneOf('RegionDisabledException', 'OptInRequired')({ codes }) ||
      /scoped to a valid region|not activated in this region/i.test(message),
    explain: ({ target: { title }, message }) => ({
      reason: `${capital(title)} is not available in this region: ${message}`,
      next: 'Choose a region that is enabled in the account, for example `npx lab use aws --region eu-central-1`.',
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
      reason: `${capital(title)} rejected the access key or its secret.`,
      next:
        kind === 'practice'
          ? 'Remove AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from your environment, or set them with `eval "$(npx lab env)"`.'
          : "See which keys are in use: `aws sts get-caller-identity`. AWS gives the same error for a region that the account hasn't enabled.",
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
      reason: `${capital(title)} is throttling us; the retries failed too.`,
      next: 'Wait a minute and run the command again.',
      passing: true,
    }),
  },
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
    // A permission may still be spreading: https://repost.aws/knowledge-center/cognito-lambda-trigger-errors
    matches: oneOf('UnexpectedLambdaException'),
    explain: ({ message }) => ({
      reason: `Cognito couldn't invoke the user pool's trigger for the checker's own user: ${message}`,
      next: `Check that Cognito is allowed to invoke the trigger's function, and that it answers within five seconds. ${again}`,
      passing: true,
    }),
  },
  {
    matches: oneOf('UserLambdaValidationException', 'InvalidLambdaResponseException'),
    explain: ({ message }) => ({
      reason: `The user pool's trigger rejected the checker's own user, an employee: ${message}`,
      next: "Make the trigger return the event for the company's addresses, and deploy.",
    }),
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
  {
    // Not every endpoint, region and partition supports every call.
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
        : `${capital(title)} doesn't support ${call ?? 'this call'}: ${message}`,
      next:
        kind === 'practice'
          ? 'Use calls that the practice account supports, or AWS: `npx lab use aws`. If a practice account of an older version is running, `npx lab sandbox stop` ends it and keeps what is deployed.'
          : 'See which endpoint is in use (`AWS_ENDPOINT_URL`, or `endpoint_url` in the profile): either something other than AWS answers there, or the region lacks the call. `npx lab use aws --region` selects another region.',
    }),
  },
  {
    matches: ({ status }) => status !== undefined && status >= 500,
    explain: ({ target: { title, kind }, message }) => ({
      reason: `${capital(title)} had an internal error: ${message}`,
      next: kind === 'aws' ? 'Try again in a minute; https://health.aws.amazon.com lists outages.' : again,
    }),
  },
  {
    // A hotel's sign-in page, or a proxy that blocks the request: not AWS's answer.
    matches: ({ codes, message }) =>
      oneOf('NotFromApiGatewayError', 'NotFromAwsError')({ codes }) ||
      /Deserialization error|not valid JSON|Unexpected token|char '/.test(message),
    explain: ({ target: { title }, message }) => ({
      reason: `Something else answered instead of ${title}: ${message}`,
      next: 'There may be a proxy or a sign-in page in between. Open a web page to see, then run the command again.',
    }),
  },
];

function refused({ message, call }: Explained): Failure {
  const missing = missingPermission(message, call);
  const reason = `The checker's credentials lack a permission: ${message}`;
  if (missing === undefined) {
    return {
      reason,
      next: 'Give the output of `npx lab doctor --policy` to whoever manages permissions in that account.',
    };
  }
  if ('deniedBy' in missing) {
    return {
      reason,
      next: `The ${missing.deniedBy} denies it, and no permission overrides that. Ask whoever manages it, or use another account.`,
    };
  }
  const all = missing.isOfChecker
    ? 'everything the checker needs: `npx lab doctor --policy`'
    : 'everything each command needs: docs/aws.md';
  return {
    reason,
    next: `Give this statement to whoever manages permissions in that account: ${JSON.stringify(missing.statement)} (${all}).`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
