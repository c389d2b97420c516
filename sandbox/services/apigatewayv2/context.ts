import type { ContextKeys } from '../../iam-policy/request-context.ts';

interface Members {
  readonly Name?: string;
  readonly AccessLogSettings?: { readonly DestinationArn?: string; readonly Format?: string };
  readonly ApiKeyRequired?: boolean;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly AuthorizerType?: string;
  readonly AuthorizerUri?: string;
  readonly DisableExecuteApiEndpoint?: boolean;
}

/**
 * The condition keys for a request's properties; those for existing ones, `apigateway:Resource/…`, are not provided
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html).
 */
export function apiContext(input: object): ContextKeys {
  const given = input as Members;
  // An authorizer has a name, too.
  const isApi = given.AuthorizerId === undefined && given.AuthorizerType === undefined;
  const { DestinationArn, Format } = given.AccessLogSettings ?? {};
  return prefixed({
    ApiName: isApi ? given.Name : undefined,
    AccessLoggingDestination: DestinationArn,
    AccessLoggingFormat: Format,
    DisableExecuteApiEndpoint: given.DisableExecuteApiEndpoint,
    ApiKeyRequired: listed(given.ApiKeyRequired),
    AuthorizerType: listed(given.AuthorizerType),
    AuthorizerUri: listed(given.AuthorizerUri),
    RouteAuthorizationType: listed(given.AuthorizationType),
  });
}

/** For a new route: without an authorization it has `NONE`. */
export function newRouteContext({ AuthorizationType = 'NONE' }: Members): ContextKeys {
  return prefixed({ RouteAuthorizationType: [AuthorizationType] });
}

/** For a new deployment; a stage's name alone, which other requests have too, isn't such a key. */
export function newDeploymentContext({ StageName }: { readonly StageName?: string | undefined }): ContextKeys {
  return prefixed({ StageName });
}

/** These keys have several values: an API can be imported with several routes. */
function listed(value: string | boolean | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [String(value)];
}

function prefixed(keys: Readonly<Record<string, ContextKeys[string] | undefined>>): ContextKeys {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[`apigateway:Request/${key}`, value]])),
  );
}
