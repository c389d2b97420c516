import { apiGatewayAccount } from './resources/apigateway-account.ts';
import { apiGatewayV2Api } from './resources/apigatewayv2-api.ts';
import { apiGatewayV2Authorizer } from './resources/apigatewayv2-authorizer.ts';
import { apiGatewayV2Deployment } from './resources/apigatewayv2-deployment.ts';
import { apiGatewayV2Integration } from './resources/apigatewayv2-integration.ts';
import { apiGatewayV2IntegrationResponse } from './resources/apigatewayv2-integration-response.ts';
import { apiGatewayV2Route } from './resources/apigatewayv2-route.ts';
import { apiGatewayV2RouteResponse } from './resources/apigatewayv2-route-response.ts';
import { apiGatewayV2Stage } from './resources/apigatewayv2-stage.ts';
import { cdkMetadata } from './resources/cdk-metadata.ts';
import { cloudFormationStack } from './resources/cloudformation-stack.ts';
import { cognitoUserPool } from './resources/cognito-user-pool.ts';
import { cognitoUserPoolClient } from './resources/cognito-user-pool-client.ts';
import { cognitoUserPoolGroup } from './resources/cognito-user-pool-group.ts';
import { cognitoUserPoolUser } from './resources/cognito-user-pool-user.ts';
import { cognitoUserPoolUserToGroup } from './resources/cognito-user-pool-user-to-group.ts';
import { dynamoDBGlobalTable } from './resources/dynamodb-global-table.ts';
import { dynamoDBTable } from './resources/dynamodb-table.ts';
import { iamManagedPolicy } from './resources/iam-managed-policy.ts';
import { iamPolicy } from './resources/iam-policy.ts';
import { iamRole } from './resources/iam-role.ts';
import { iamRolePolicy } from './resources/iam-role-policy.ts';
import { lambdaAlias } from './resources/lambda-alias.ts';
import { lambdaFunction } from './resources/lambda-function.ts';
import { lambdaPermission } from './resources/lambda-permission.ts';
import { lambdaVersion } from './resources/lambda-version.ts';
import { logsLogGroup } from './resources/logs-log-group.ts';
import type { AnyResourceType } from './resources/resource-type.ts';
import { s3Bucket } from './resources/s3-bucket.ts';
import { ssmParameter } from './resources/ssm-parameter.ts';

/** Every resource type that a template can use. A new type is one line here. */
export const resourceTypes: Readonly<Record<string, AnyResourceType>> = {
  'AWS::ApiGateway::Account': apiGatewayAccount,
  'AWS::ApiGatewayV2::Api': apiGatewayV2Api,
  'AWS::ApiGatewayV2::Authorizer': apiGatewayV2Authorizer,
  'AWS::ApiGatewayV2::Deployment': apiGatewayV2Deployment,
  'AWS::ApiGatewayV2::Integration': apiGatewayV2Integration,
  'AWS::ApiGatewayV2::IntegrationResponse': apiGatewayV2IntegrationResponse,
  'AWS::ApiGatewayV2::Route': apiGatewayV2Route,
  'AWS::ApiGatewayV2::RouteResponse': apiGatewayV2RouteResponse,
  'AWS::ApiGatewayV2::Stage': apiGatewayV2Stage,
  'AWS::CDK::Metadata': cdkMetadata,
  'AWS::CloudFormation::Stack': cloudFormationStack,
  'AWS::Cognito::UserPool': cognitoUserPool,
  'AWS::Cognito::UserPoolClient': cognitoUserPoolClient,
  'AWS::Cognito::UserPoolGroup': cognitoUserPoolGroup,
  'AWS::Cognito::UserPoolUser': cognitoUserPoolUser,
  'AWS::Cognito::UserPoolUserToGroupAttachment': cognitoUserPoolUserToGroup,
  'AWS::DynamoDB::GlobalTable': dynamoDBGlobalTable,
  'AWS::DynamoDB::Table': dynamoDBTable,
  'AWS::IAM::ManagedPolicy': iamManagedPolicy,
  'AWS::IAM::Policy': iamPolicy,
  'AWS::IAM::Role': iamRole,
  'AWS::IAM::RolePolicy': iamRolePolicy,
  'AWS::Lambda::Alias': lambdaAlias,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Lambda::Version': lambdaVersion,
  'AWS::Logs::LogGroup': logsLogGroup,
  'AWS::S3::Bucket': s3Bucket,
  'AWS::SSM::Parameter': ssmParameter,
};
