import type { Subject } from '../checking/check.ts';

/** A statement of a function's policy, in the form that AddPermission writes. */
interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Whether a function's policy lets API Gateway invoke it for a part of an API: `a1b2c3/authorizers/d4e5f6`. Undefined
 * if there is no such function.
 */
export async function mayBeInvoked(
  { target }: Pick<Subject, 'target'>,
  functionName: string,
  part: string,
): Promise<boolean | undefined> {
  const [client, { GetPolicyCommand, ResourceNotFoundException }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  try {
    const { Policy = '{}' } = await client.send(new GetPolicyCommand({ FunctionName: functionName }));
    return allows(Policy, part);
  } catch (error) {
    // A function without a policy gives the same error, with another message.
    if (error instanceof ResourceNotFoundException)
      return /^Function not found/.test(error.message) ? undefined : false;
    throw error;
  }
}

/** Whether one of the policy's statements is for API Gateway, and for this part of an API or for any. */
export function allows(policy: string, part: string): boolean {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement[] };
  return Statement.some(({ Effect, Principal, Condition = {} }) => {
    const service = typeof Principal === 'string' ? Principal : Principal?.Service;
    if (Effect !== 'Allow' || ![service].flat().some((name) => name === '*' || name?.startsWith('apigateway.'))) {
      return false;
    }
    const sources = Object.values(Condition).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, value]) => (key.toLowerCase() === 'aws:sourcearn' ? value : [])),
    );
    return sources.length === 0 || sources.some((arn) => matches(arn, part));
  });
}

/** `arn:aws:execute-api:us-east-1:111122223333:a1b2c3/*` and the like. */
function matches(arn: string, part: string): boolean {
  const pattern = arn.split(':').slice(5).join(':') || arn;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(part);
}
