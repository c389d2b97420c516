import type {
  DescribeUserPoolResponse,
  LambdaConfigType,
  ListUsersResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Subject } from '../checking/check.ts';
import type { UserPoolDocument } from './deployed-room.ts';
import { labelOf } from './label.ts';

/** How many users of a pool are shown: as many as Cognito lists per request. */
const mostUsers = 60;

/** Reads the stack's user pools and their users. */
export function observePools(subject: Subject): Promise<UserPoolDocument[]> {
  const { resources, target } = subject;
  const pools = resources.filter(({ type }) => type === 'AWS::Cognito::UserPool');
  const clients = resources.filter(({ type }) => type === 'AWS::Cognito::UserPoolClient');
  return Promise.all(
    pools.map(async ({ physicalId: id, logicalId }) => {
      const [client, { DescribeUserPoolCommand, ListUsersCommand, ResourceNotFoundException }] = await Promise.all([
        target.clients.cognito(),
        import('../aws/sdk/cognito.ts'),
      ]);
      const orNothing = (error: unknown) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        return {};
      };
      const [{ UserPool }, { Users = [] }] = await Promise.all([
        client.send(new DescribeUserPoolCommand({ UserPoolId: id })).catch<DescribeUserPoolResponse>(orNothing),
        client.send(new ListUsersCommand({ UserPoolId: id, Limit: mostUsers })).catch<ListUsersResponse>(orNothing),
      ]);
      return {
        id,
        label: labelOf(subject, logicalId),
        clients: clients.map(({ physicalId }) => physicalId),
        triggers: functionsIn(UserPool?.LambdaConfig),
        users: Users.map(({ Username: name = '', UserStatus: status = '', Attributes = [] }) => {
          const email = Attributes.find(({ Name }) => Name === 'email')?.Value;
          return { name, status, email };
        }),
      };
    }),
  );
}

/** A trigger is a function's ARN, or has one besides a version. */
function functionsIn(triggers: LambdaConfigType = {}): string[] {
  const arns = Object.values(triggers).map((one) => (typeof one === 'string' ? one : one?.LambdaArn));
  return [...new Set(arns.flatMap((arn) => arn?.split(':')[6] ?? []))];
}
