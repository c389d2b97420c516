import * as apigateway from '@aws-sdk/client-apigatewayv2';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import type { Target } from '../../checker/aws/target.ts';

/** The services that people call with the AWS CLI, by the CLI's names. */
const services = {
  lambda: { commands: lambda, client: ({ clients }: Target) => clients.lambda() },
  apigatewayv2: { commands: apigateway, client: ({ clients }: Target) => clients.apigateway() },
  'cognito-idp': { commands: cognito, client: ({ clients }: Target) => clients.cognito() },
  dynamodb: { commands: dynamodb, client: ({ clients }: Target) => clients.dynamodb() },
  logs: { commands: logs, client: ({ clients }: Target) => clients.logs() },
  iam: { commands: iam, client: ({ clients }: Target) => clients.iam() },
} as const;

/** Does the same as `aws lambda update-function-code --cli-input-json '{…}'`. */
export async function runCommand(target: Target, command: string): Promise<void> {
  const [, service = '', operation = '', json = ''] = /^aws (\S+) (\S+) --cli-input-json '(.*)'$/.exec(command) ?? [];
  const { commands, client } = services[service as keyof typeof services];
  const name = operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const Command = (commands as unknown as Record<string, new (input: unknown) => never>)[`${name}Command`];
  if (Command === undefined) throw new Error(`no ${command}`);
  await ((await client(target)) as lambda.LambdaClient).send(new Command(JSON.parse(json)));
}
