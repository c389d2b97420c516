import { AwsError } from '../../../../calls/errors.ts';
import { operation } from '../../../../calls/operation.ts';
import { type ConnectionRequest, connectionArn, manageConnections, openConnection } from '../request.ts';

const longestMessage = 128 * 1024;

export const postToConnection = operation<
  ConnectionRequest & { readonly Data: Buffer },
  object,
  'sockets' | 'store' | 'clock'
>({
  action: manageConnections,
  resource: (input, call) => connectionArn(input, call, 'POST'),
  run(input, call) {
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
  },
});
