import type { Evidence, Subject } from '../checking/check.ts';
import type { Bundled } from './own-lines.ts';
import { observeReadableLog } from './readable-log.ts';

/**
 * Returns why a function may have failed to answer: who is allowed to invoke it, and what it logged last, or since a
 * moment. Evidence only: logs are late on AWS, and unreadable ones are left out.
 */
export async function observeFunction(subject: Bundled, functionName: string, since?: number): Promise<Evidence[]> {
  const read = [invokers(subject.target, functionName), observeReadableLog(subject, functionName, since)];
  return (await Promise.all(read.map((evidence) => evidence.catch(() => undefined)))).filter(
    (evidence) => evidence !== undefined,
  );
}

async function invokers(target: Subject['target'], functionName: string): Promise<Evidence> {
  const [client, { GetPolicyCommand, ResourceNotFoundException }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const source = 'GetPolicy';
  try {
    const { Policy = '{}' } = await client.send(new GetPolicyCommand({ FunctionName: functionName }));
    const { Statement = [] } = JSON.parse(Policy) as { Statement?: Statement[] };
    return { source, about: functionName, lines: Statement.map(inWords) };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return { source, about: functionName, lines: ['Nobody is allowed to invoke it: it has no resource policy.'] };
  }
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string };
  readonly Action?: string;
  readonly Condition?: { readonly ArnLike?: Record<string, string> };
}

function inWords({ Effect = '', Principal = '', Action = '', Condition }: Statement): string {
  const who = typeof Principal === 'string' ? Principal : (Principal.Service ?? JSON.stringify(Principal));
  const only = Object.values(Condition?.ArnLike ?? {}).map((arn) => ` for ${arn}`);
  return `${Effect} ${Action} to ${who}${only.join('')}`;
}
