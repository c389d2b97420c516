/** One call by the checker, with all its tries. */
export interface Answer {
  /** `DescribeStacks` */
  readonly call: string;
  /** Milliseconds, including the pauses between tries. */
  readonly duration: number;
  readonly tries: number;
  /** The error codes of failed tries; the last one is the call's own unless the call succeeded. */
  readonly codes: readonly string[];
  /** The call's error. */
  readonly error?: string;
}

/** Behavior of AWS that the practice account doesn't have. */
export interface Surprise {
  readonly kind: 'error' | 'throttled' | 'retried' | 'slow' | 'not an answer';
  readonly text: string;
}

/** Error codes that the checker causes or expects normally, by call. The practice account returns the same. */
const usual: Readonly<Record<string, readonly string[]>> = {
  DescribeStacks: ['ValidationError'],
  DescribeStackEvents: ['ValidationError'],
  GetTemplate: ['ValidationError'],
  GetFunctionConcurrency: ['ResourceNotFoundException'],
  GetPolicy: ['ResourceNotFoundException'],
  FilterLogEvents: ['ResourceNotFoundException'],
  DescribeLogStreams: ['ResourceNotFoundException'],
  GetParameter: ['ParameterNotFound'],
  PostToConnection: ['GoneException', 'ForbiddenException'],
  GetConnection: ['GoneException', 'ForbiddenException'],
  DeleteUserPoolClient: ['ResourceNotFoundException'],
  AdminDeleteUser: ['UserNotFoundException'],
  SignUp: ['UserLambdaValidationException'],
};

/** Milliseconds. A slower call delays a check, and the check's deadline may be too short. */
const slow = 5_000;

const throttles = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceededException|SlowDown/;

/** Returns the surprises in the answers, one entry per kind, with its count. */
export function surprisesIn(answers: readonly Answer[]): Surprise[] {
  const counts = new Map<string, { readonly surprise: Surprise; count: number }>();
  for (const surprise of answers.flatMap(surprisesOf)) {
    const key = `${surprise.kind} ${surprise.text}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { surprise, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ surprise, count }) =>
    count === 1 ? surprise : { ...surprise, text: `${surprise.text} (${count} times)` },
  );
}

function surprisesOf({ call, duration, tries, codes, error }: Answer): Surprise[] {
  const found: Surprise[] = [];
  const last = codes.at(-1) ?? '';
  if (last === 'NotFromAwsError') found.push({ kind: 'not an answer', text: `${call}: ${error}` });
  else if (error !== undefined && !usual[call]?.includes(last) && !throttles.test(last)) {
    found.push({ kind: 'error', text: `${call}: ${last}: ${error}` });
  }
  for (const code of new Set(codes.filter((one) => throttles.test(one)))) {
    found.push({ kind: 'throttled', text: `${call}: ${code}` });
  }
  if (tries > 1 && !codes.some((code) => throttles.test(code))) {
    found.push({
      kind: 'retried',
      text: `${call}: ${tries} tries, after ${[...new Set(codes)].join(', ') || 'no code'}`,
    });
  }
  if (duration > slow) found.push({ kind: 'slow', text: `${call}: longer than ${slow / 1000} s` });
  return found;
}
