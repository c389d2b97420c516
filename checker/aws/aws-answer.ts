import { lacksOf } from './required-members.ts';

/** As much of an SDK client as is used here. */
interface Client {
  readonly middlewareStack: object;
}

/** As much of an SDK's stack of middleware as is used here: each client types its own by its inputs and outputs. */
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

/** As many request ids are remembered: a command that stays asks for days. */
const mostSeen = 10_000;

/**
 * Makes what a call rejects with say which one it was (`$operation` is `DescribeStacks`), and makes it reject with a
 * `NotFromAwsError` if something else answers in the place of AWS, whatever it says: a sign-in page, a proxy, a cache.
 * Some of the SDK's protocols take such an answer for an empty one, and an empty account would be the learner's mistake.
 */
export function requireAwsAnswers({ middlewareStack }: Client, seen: Set<string>): void {
  const complete: Middleware = (next, context) => async (request) => {
    const $operation = context.commandName?.replace(/Command$/, '') ?? '';
    try {
      const result = await next(request);
      const { input = {} } = request as { input?: object };
      const { output = {} } = result as { output?: object };
      const lacks = lacksOf($operation, input, output);
      if (lacks !== undefined) throw notFromAws(`the answer to ${$operation} is that of no such call (${lacks})`);
      return result;
    } catch (error) {
      throw error instanceof Error ? Object.assign(understood(error, $operation), { $operation }) : error;
    }
  };
  const fromAws: Middleware = (next) => async (request) => {
    const result = await next(request);
    const { statusCode = 0, headers = {} } = (result as { response?: Answer }).response ?? {};
    // The SDK tries again after a fault, whatever it looks like.
    if (statusCode >= 500) return result;
    if (/^text\/html/i.test(headers['content-type'] ?? '')) {
      throw notFromAws(`a web page came, with the status ${statusCode}`);
    }
    const id = requestIdOf(headers);
    if (id === undefined) throw notFromAws(`the answer, of status ${statusCode}, has no request id of AWS`);
    // A cache on the way gives an old answer again, or that of another call.
    if (seen.has(id)) throw notFromAws(`the answer, of status ${statusCode}, came before, to another call (${id})`);
    if (seen.size >= mostSeen) seen.clear();
    seen.add(id);
    return result;
  };
  const stack = middlewareStack as Stack;
  stack.add(complete, { step: 'initialize', name: 'requireMembers' });
  // Nearest to the wire: before the answer is read.
  stack.add(fromAws, { step: 'deserialize', name: 'requireAwsAnswer', priority: 'low' });
}

/** The id that AWS gives each request: S3's header differs from the others'. */
export function requestIdOf(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const id = headers['x-amzn-requestid'] ?? headers['x-amz-request-id'] ?? headers['apigw-requestid'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** An answer of success that the SDK could not read is none of AWS's. */
function understood(error: Error, operation: string): Error {
  const { $response, $fault } = error as { $response?: Answer; $fault?: string };
  const { statusCode = 0 } = $response ?? {};
  if ($fault !== undefined || statusCode < 200 || statusCode > 299) return error;
  return notFromAws(`the answer to ${operation} cannot be read`, error);
}

function notFromAws(message: string, cause?: Error): Error {
  return Object.assign(new Error(message, { cause }), { name: 'NotFromAwsError' });
}
