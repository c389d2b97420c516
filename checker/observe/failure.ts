import { LabError } from '../errors.ts';
import type { Target } from '../target/target.ts';

/** Why the checker could not look, and what to do about it. Never the learner's mistake in the room. */
export interface Failure {
  readonly reason: string;
  readonly next: string;
}

/** What became of a call to the account, or of a socket, in words; the SDK's errors are told apart by their names. */
export function explainFailure(error: unknown, target: Pick<Target, 'kind' | 'title'>): Failure {
  if (error instanceof LabError) return { reason: error.message, next: error.next };
  const name = nameOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const codes = [name, ...codesOf(error)];
  const known = kinds.find((kind) => kind.matches(codes, message));
  if (known !== undefined) return known.explain(target, message);
  if (isServerFault(error)) {
    return {
      reason: `${capital(target.title)} answered with a fault of its own: ${message}`,
      next: target.kind === 'aws' ? 'Try again in a minute; https://health.aws.amazon.com tells of outages.' : tryAgain,
    };
  }
  return { reason: `${name}: ${message}`, next: `${tryAgain} If it stays, it is a fault of the workshop: report it.` };
}

const tryAgain = 'Run the command again.';
const restart =
  'See that the practice account runs: `npx lab sandbox status`. `npx lab start` starts it, `npx lab check` also runs without it.';

interface Kind {
  readonly matches: (codes: readonly string[], message: string) => boolean;
  readonly explain: (target: Pick<Target, 'kind' | 'title'>, message: string) => Failure;
}

const oneOf =
  (...names: string[]) =>
  (codes: readonly string[]) =>
    codes.some((code) => names.includes(code));

/** The first that matches counts: an SSO session that ran out comes as a credentials error too. */
const kinds: readonly Kind[] = [
  {
    matches: (codes, message) =>
      oneOf('ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenProviderError')(codes) ||
      (codes.includes('CredentialsProviderError') && /expired|sso login/i.test(message)),
    explain: ({ title }) => ({
      reason: `Your credentials for ${title} have expired.`,
      next: 'Sign in again (`aws sso login`, or get new temporary keys), then run the command again.',
    }),
  },
  {
    matches: oneOf('CredentialsProviderError'),
    explain: ({ title }) => ({
      reason: `There are no credentials for ${title}.`,
      next: 'Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or delete .lab/target.json to work in the practice account.',
    }),
  },
  {
    matches: oneOf('RequestTimeTooSkewed'),
    explain: () => ({
      reason: 'The clock of this machine is wrong: AWS refuses what was signed at another time.',
      next: 'Set the clock and run the command again.',
    }),
  },
  {
    matches: oneOf(
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'AuthFailure',
    ),
    explain: ({ title, kind }) => ({
      reason: `${capital(title)} does not know the access key, or the secret key is not its own.`,
      next:
        kind === 'practice'
          ? 'Take AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY out of your environment, or set them by `eval "$(npx lab env)"`.'
          : 'See which keys are in use: `aws sts get-caller-identity`.',
    }),
  },
  {
    matches: oneOf('AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'ForbiddenException'),
    explain: (_, message) => ({
      reason: `The checker's own credentials may not look: ${message}`,
      next: 'Use credentials that may read the stack, its API, functions, table and logs (ReadOnlyAccess, and deleting rows of the table).',
    }),
  },
  {
    matches: oneOf(
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'ProvisionedThroughputExceededException',
    ),
    explain: ({ title }) => ({
      reason: `${capital(title)} is asked too much at this moment and turned the checker away.`,
      next: 'Wait a minute and run the command again.',
    }),
  },
  {
    matches: oneOf(
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'EPIPE',
      'TimeoutError',
      'ConnectTimeoutError',
    ),
    explain: ({ title, kind }, message) => ({
      reason: `${capital(title)} cannot be reached: ${message || 'no connection'}`,
      next: kind === 'practice' ? restart : 'See that this machine has a network, and run the command again.',
    }),
  },
];

/** The codes of an error and of what caused it: Node wraps a refused connection in more than one way. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...codesOf(cause),
    ...(Array.isArray(errors) ? errors.flatMap(codesOf) : []),
  ];
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

function isServerFault(error: unknown): boolean {
  return (error as { $fault?: string } | undefined)?.$fault === 'server';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
