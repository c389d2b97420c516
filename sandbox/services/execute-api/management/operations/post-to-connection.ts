import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from '../../../../calls/context.ts';
import { AwsError } from '../../../../calls/errors.ts';
import { operation } from '../../../../calls/operation.ts';
import { type ConnectionRequest, connectionArn, manageConnections, openConnection } from '../request.ts';

const longestMessage = 128 * 1024;

interface Post extends ConnectionRequest {
  readonly Data: Buffer;
}

type Needs = 'sockets' | 'store' | 'clock';

export const postToConnection = operation<Post, object, Needs>({
  action: manageConnections,
  resource: (input, call) => connectionArn(input, call, 'POST'),
  run(input, call) {
    const delay = call.sockets.failing.delayOf(input.ConnectionId);
    return delay === undefined ? post(input, call) : wait(delay).then(() => post(input, call));
  },
});

function post(input: Post, call: Call<Needs>): object {
  const connection = openConnection(input, call);
  const { ConnectionId: connectionId, Data } = input;
  if (Data.length > longestMessage) {
    const { requestId } = call;
    throw new AwsError('PayloadTooLargeException', 'Message too long', 413, { connectionId, requestId });
  }
  if (connection.isBehind) {
    throw new AwsError('LimitExceededException', 'The client is receiving more data than it can handle', 429);
  }
  // A text frame must be UTF-8: anything else is converted.
  connection.send(Data.toString('utf8'));
  connection.lastActiveAt = call.clock.now().getTime();
  return {};
}
