import { apigatewayv2 } from '../services/apigatewayv2/service.ts';
import { cloudformation } from '../services/cloudformation/service.ts';
import { cognitoIdp } from '../services/cognito-idp/service.ts';
import { dynamodb } from '../services/dynamodb/service.ts';
import { executeApi } from '../services/execute-api/management/service.ts';
import { iam } from '../services/iam/service.ts';
import { lambda } from '../services/lambda/service.ts';
import { logs } from '../services/logs/service.ts';
import { s3 } from '../services/s3/service.ts';
import { ssm } from '../services/ssm/service.ts';
import { sts } from '../services/sts/service.ts';
import type { Service } from './operation.ts';

/** Every service of the practice account, by its signature scope. A new service is one line here. */
export const services: Readonly<Record<string, Service>> = {
  apigateway: apigatewayv2,
  cloudformation,
  'cognito-idp': cognitoIdp,
  dynamodb,
  'execute-api': executeApi,
  iam,
  lambda,
  logs,
  s3,
  ssm,
  sts,
};
