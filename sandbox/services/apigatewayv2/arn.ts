/**
 * Returns the ARN of a managed entity, as IAM policies name it: `arn:aws:apigateway:us-east-1::/apis/a1b2/routes`
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html).
 */
export function managedArn(call: { readonly region: string }, ...path: ReadonlyArray<string | undefined>): string {
  return `arn:aws:apigateway:${call.region}::/${path.map((step) => step ?? '').join('/')}`;
}

/** The URI through which API Gateway invokes a function. */
const functionUri = /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/**
 * Returns the ARN of the function that an integration or authorizer invokes through this URI; undefined if the URI
 * isn't a function's. For a stage, its variables replace `${stageVariables.<name>}`.
 */
export function functionOf(uri = '', variables?: Readonly<Record<string, string>>): string | undefined {
  if (variables === undefined) return functionUri.exec(uri)?.[1];
  return functionOf(uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_match, name: string) => variables[name] ?? ''));
}

/** The role that API Gateway assumes, if this is a role's ARN. */
export function isRoleArn(arn: string): boolean {
  return /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn);
}
