import { operation } from '../../../../calls/operation.ts';
import { type ConnectionRequest, connectionArn, manageConnections, openConnection } from '../request.ts';

/** In wire format: members in lower case, times in ISO 8601. */
interface ConnectionDetail {
  readonly connectedAt: string;
  readonly identity: { readonly sourceIp: string; readonly userAgent?: string };
  readonly lastActiveAt: string;
}

export const getConnection = operation<ConnectionRequest, ConnectionDetail, 'sockets' | 'store'>({
  action: manageConnections,
  resource: (input, call) => connectionArn(input, call, 'GET'),
  run(input, call) {
    const { record, lastActiveAt } = openConnection(input, call);
    const { sourceIp, userAgent } = record.identity;
    return {
      connectedAt: new Date(record.connectedAt).toISOString(),
      identity: { sourceIp, userAgent },
      lastActiveAt: new Date(lastActiveAt).toISOString(),
    };
  },
});
