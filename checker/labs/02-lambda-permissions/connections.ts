import type { Room } from '../../checking/check.ts';
import type { Sender } from '../../observe/sender.ts';
import type { Probe } from '../../observe/simulate.ts';

/** The action for posting to an API's sockets. */
export const MANAGE_CONNECTIONS = 'execute-api:ManageConnections';

/**
 * Returns the ARN for posting to one connection of a stage; `connection` can be `*` for a grant.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 */
export function posting(
  { roleArn }: Pick<Sender, 'roleArn'>,
  { apiId, stageName, region }: Pick<Room, 'apiId' | 'stageName'> & { readonly region: string },
  connection = 'L0SM9cOFvHcCIhw=',
): Probe {
  const [, partition = 'aws', , , account = ''] = roleArn.split(':');
  const resource = `arn:${partition}:execute-api:${region}:${account}:${apiId}/${stageName}/POST/@connections/${connection}`;
  return { action: MANAGE_CONNECTIONS, resource };
}
