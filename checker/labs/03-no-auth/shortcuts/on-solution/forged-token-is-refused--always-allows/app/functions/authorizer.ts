import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export async function handler({ methodArn }: APIGatewayRequestAuthorizerEvent) {
  return {
    principalId: 'user',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
    },
  };
}
