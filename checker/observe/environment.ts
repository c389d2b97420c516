import type { Subject } from '../checking/check.ts';

/** Returns a function's environment variables. */
export async function environmentOf(
  { target }: Pick<Subject, 'target'>,
  functionName: string,
): Promise<Readonly<Record<string, string>>> {
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return Environment?.Variables ?? {};
}
