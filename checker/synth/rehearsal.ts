import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { withoutValidation } from './validation.ts';

/**
 * Synthesizes a stack like those of the labs, and throws the result away, so that what the CDK loads and compiles
 * lazily is ready for the learner's stack.
 */
export function rehearse(root: string): void {
  const outdir = mkdtempSync(join(tmpdir(), 'websocket-lab-rehearsal-'));
  Object.assign(process.env, withoutValidation);
  try {
    const app = new App({ outdir, autoSynth: false });
    const stack = new Stack(app, 'rehearsal');
    Tags.of(stack).add('websocket-lab', 'rehearsal');
    const table = new Table(stack, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const handler = new NodejsFunction(stack, 'Function', {
      entry: join(root, 'app', 'functions', 'answer.ts'),
      depsLockFilePath: join(root, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      bundling: { format: OutputFormat.ESM },
      logGroup: new LogGroup(stack, 'Log', { retention: RetentionDays.ONE_WEEK }),
    });
    table.grants.readData(handler);
    const integration = new WebSocketLambdaIntegration('Integration', handler);
    const api = new WebSocketApi(stack, 'Api', { connectRouteOptions: { integration } });
    api.addRoute('route', { integration, returnResponse: true });
    const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'stage', autoDeploy: true });
    stage.grantManagementApiAccess(handler);
    new CfnOutput(stack, 'Address', { value: api.apiEndpoint });
    app.synth();
  } finally {
    rmSync(outdir, { recursive: true, force: true, maxRetries: 5 });
  }
}
