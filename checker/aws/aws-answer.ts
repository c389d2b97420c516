import { lacksOf } from './required-members.ts';

/** The part of an SDK client that is used here. */
interface Client {
  readonly middlewareStack: object;
}

/** The part of an SDK's middleware stack that is used here: each client types its own by its inputs and outputs. */
interface Stack {
  add(
    middleware: Middleware,
    options: { readonly step: 'initialize' | 'deserialize'; readonly name: string; readonly priority?: 'low' },
  ): void;
}

type Middleware = (
  next: (request: object) => Promise<object>,
  context: { readonly commandName?: string },
) => (request: object) => Promise<object>;

interface Answer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many request ids are remembered: a long-running command sends requests for days. */
const mostSeen = 10_000;

/**
 * Makes a call's error say which call it was (`$operation` is `DescribeStacks`), and makes the call reject with a
 * `NotFromAwsError` if something other than AWS answers, whatever it says: a sign-in page, a proxy, a cache. Some of
 * the SDK's protocols parse such an answer as an empty one, and an empty account would count as the learner's mistake.
 */
export function requireAwsAnswers({ middlewareStack }: Client, seen: Set<string>): void {
  const complete: Middleware = (next, context) => async (request) => {
    const $operation = context.commandName?.replace(/Command$/, '') ?? '';
    try {
      const result = await next(request);
      const { input = {} } = request as { input?: object };
      const { output = {} } = result as { output?: object };
      const lacks = lacksOf($operation, input, output);
      if (lacks !== undefined) throw notFromAws(`the answer to ${$operation} is malformed (${lacks})`);
      return result;
    } catch (error) {
      throw error instanceof Error ? Object.assign(understood(error, $operation), { $operation }) : error;
    }
  };
  const fromAws: Middleware = (next) => async (request) => {
    const result = await next(request);
    const { statusCode = 0, headers = {} } = (result as { response?: Answer }).response ?? {};
    // The SDK retries after a fault, whatever it looks like.
    if (statusCode >= 500) return result;
    if (/^text\/html/i.test(headers['content-type'] ?? '')) {
      throw notFromAws(`it was a web page, with the status ${statusCode}`);
    }
    const id = requestIdOf(headers);
    if (id === undefined) throw notFromAws(`the answer, with the status ${statusCode}, has no AWS request id`);
    // A cache in between repeats an old answer, or another call's.
    if (seen.has(id))
      throw notFromAws(`the answer, with the status ${statusCode}, is a copy of an earlier one (${id})`);
    if (seen.size >= mostSeen) seen.clear();
    seen.add(id);
    return result;
  };
  const stack = middlewareStack as Stack;
  stack.add(complete, { step: 'initialize', name: 'requireMembers' });
  // Closest to the wire: before the answer is parsed.
  stack.add(fromAws, { step: 'deserialize', name: 'requireAwsAnswer', priority: 'low' });
}

/** The id that AWS gives each request: S3's header differs from the others'. */
export function requestIdOf(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const id = headers['x-amzn-requestid'] ?? headers['x-amz-request-id'] ?? headers['apigw-requestid'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** A successful answer that the SDK couldn't parse didn't come from AWS. */
function understood(error: Error, operation: string): Error {
  const { $response, $fault } = error as { $response?: Answer; $fault?: string };
  const { statusCode = 0 } = $response ?? {};
  if ($fault !== undefined || statusCode < 200 || statusCode > 299) return error;
  return notFromAws(`the answer to ${operation} can't be parsed`, error);
}

function notFromAws(message: string, cause?: Error): Error {
  return Object.assign(new Error(message, { cause }), { name: 'NotFromAwsError' });
}
