/**
 * Returns the ARN of a managed entity, as IAM policies name it: `arn:aws:apigateway:us-east-1::/apis/a1b2/routes`
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html).
 */
export function managedArn(call: { readonly region: string }, ...path: ReadonlyArray<string | undefined>): string {
  return `arn:aws:apigateway:${call.region}::/${path.map((step) => step ?? '').join('/')}`;
}

/** The function that an integration or authorizer invokes through this URI; undefined if it names none. */
export function functionOf(uri: string | undefined): string | undefined {
  return /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri ?? '')?.[1];
}

/** The role that API Gateway assumes, if this is a role's ARN. */
export function isRoleArn(arn: string): boolean {
  return /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn);
}
