import { operation } from '../../../../calls/operation.ts';
import { type ConnectionRequest, connectionArn, manageConnections, openConnection } from '../request.ts';

/** Ends a connection: the client gets a close, and `$disconnect` runs. */
export const deleteConnection = operation<ConnectionRequest, object, 'sockets' | 'store'>({
  action: manageConnections,
  resource: (input, call) => connectionArn(input, call, 'DELETE'),
  run(input, call) {
    openConnection(input, call).close({ code: 1000, reason: 'Connection Closed Normally' });
    return {};
  },
});
