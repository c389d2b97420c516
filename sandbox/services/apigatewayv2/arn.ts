/**
 * Returns the ARN of a managed entity, as IAM policies name it: `arn:aws:apigateway:us-east-1::/apis/a1b2/routes`
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html).
 */
export function managedArn(call: { readonly region: string }, ...path: ReadonlyArray<string | undefined>): string {
  return `arn:aws:apigateway:${call.region}::/${path.map((step) => step ?? '').join('/')}`;
}

/**
 * Returns the ARN of the function that an integration or authorizer invokes through this URI; undefined if the URI isn't
 * a function's. For a stage, its variables replace `${stageVariables.<name>}`.
 */
export function functionOf(uri: string | undefined, variables?: Readonly<Record<string, string>>): string | undefined {
  const whole =
    variables === undefined
      ? uri
      : uri?.replace(/\$\{stageVariables\.(\w+)\}/g, (_match, name: string) => variables[name] ?? '');
  return /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(
    whole ?? '',
  )?.[1];
}

/** The role that API Gateway assumes, if this is a role's ARN. */
export function isRoleArn(arn: string): boolean {
  return /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn);
}
