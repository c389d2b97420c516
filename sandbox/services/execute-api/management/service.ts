import type { Service } from '../../../calls/operation.ts';
import { deleteConnection } from './operations/delete-connection.ts';
import { getConnection } from './operations/get-connection.ts';
import { postToConnection } from './operations/post-to-connection.ts';
import { protocol } from './protocol.ts';

/** The management API of deployed WebSocket APIs (https://docs.aws.amazon.com/apigatewaymanagementapi/latest/). */
export const executeApi: Service = {
  name: 'execute-api',
  title: 'API Gateway Management API',
  protocol,
  operations: {
    DeleteConnection: deleteConnection,
    GetConnection: getConnection,
    PostToConnection: postToConnection,
  },
};
