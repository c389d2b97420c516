import { codeOf, type Page } from '../pages.ts';
import { sdkOperations } from './sdk-operations.ts';

/** Commands that no SDK client has, as their makers describe them. */
const COMMANDS = [
  // https://docs.aws.amazon.com/cli/latest/reference/
  ...['aws', 'aws configure', 'aws configure get', 'aws configure list-profiles', 'aws configure sso'],
  ...['aws login', 'aws sso login', 'aws cloudformation wait'],
  // https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd.html
  ...['cdk bootstrap', 'cdk deploy', 'cdk synth'],
  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference.html
  ...['sam deploy', 'sam sync'],
];

/** Commands of the AWS CLI, of the CDK CLI and of SAM that there are not. */
export async function unknownOtherCommands(page: Page): Promise<string[]> {
  const operations = await cliOperations();
  return codeOf(page).flatMap(({ text, line, block }) =>
    block !== undefined && block.language !== 'console' && block.language !== 'sh'
      ? []
      : [...text.matchAll(/(?<=^|[$&|(] ?|npx )(aws|cdk|sam)((?: [a-z][\w-]*)*)(?=\s|$|\))/g)]
          .map(([, program = '', words = '']) => ({ program, words: words.trim().split(' ').filter(Boolean) }))
          .filter(({ program, words: [service = '', operation = ''] }) => {
            const known = COMMANDS.some((command) => command === [program, service, operation].join(' ').trim());
            return !known && !(program === 'aws' && operations.get(service)?.includes(operation) === true);
          })
          .map(({ program, words }) => `${page.path}:${line} ${program} ${words.join(' ')}: there is no such command`),
  );
}

/** `describe-log-groups` of `logs`, as the AWS CLI names what the SDK calls DescribeLogGroups. */
async function cliOperations(): Promise<Map<string, readonly string[]>> {
  return new Map(
    [...(await sdkOperations())].map(([client, names]) => [
      CLI_NAME[client] ?? client.replace('client-', ''),
      names.map(kebab),
    ]),
  );
}

const CLI_NAME: Readonly<Record<string, string>> = {
  'client-cloudwatch-logs': 'logs',
  'client-cognito-identity-provider': 'cognito-idp',
  'client-s3': 's3api',
};

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}
