import { AwsError } from '../calls/errors.ts';
import { between, type Chance } from './chance.ts';
import type { WireRequest } from './weather.ts';

/** A listing operation's paging: the member with its items, the input token, and the output token. */
interface Listing {
  readonly items: string;
  readonly token: string;
  readonly next: string;
  /** IAM's member that says whether there is more. */
  readonly truncated?: string;
  /** The member that requests certain items, without pages. */
  readonly unless?: string;
  /** The most items of a page, for long lists. */
  readonly most?: number;
}

const iam = (items: string): Listing => ({ items, token: 'Marker', next: 'Marker', truncated: 'IsTruncated' });
const pascal = (items: string): Listing => ({ items, token: 'NextToken', next: 'NextToken' });
const camel = (items: string): Listing => ({ items, token: 'nextToken', next: 'nextToken' });

/** Every operation of the practice account for which AWS chooses page sizes. */
const listings: Readonly<Record<string, Readonly<Record<string, Listing>>>> = {
  // "IAM might return fewer than the MaxItems number of results, even when there are more results available."
  iam: {
    ListAccessKeys: iam('AccessKeyMetadata'),
    ListAttachedRolePolicies: iam('AttachedPolicies'),
    ListAttachedUserPolicies: iam('AttachedPolicies'),
    ListPolicies: iam('Policies'),
    ListPolicyTags: iam('Tags'),
    ListPolicyVersions: iam('Versions'),
    ListRolePolicies: iam('PolicyNames'),
    ListRoles: iam('Roles'),
    ListRoleTags: iam('Tags'),
    ListUserPolicies: iam('PolicyNames'),
    ListUsers: iam('Users'),
    ListUserTags: iam('Tags'),
    SimulateCustomPolicy: iam('EvaluationResults'),
    SimulatePrincipalPolicy: iam('EvaluationResults'),
  },
  apigateway: {
    GetApis: pascal('Items'),
    GetAuthorizers: pascal('Items'),
    GetDeployments: pascal('Items'),
    GetIntegrationResponses: pascal('Items'),
    GetIntegrations: pascal('Items'),
    GetRouteResponses: pascal('Items'),
    GetRoutes: pascal('Items'),
    GetStages: pascal('Items'),
  },
  cloudformation: {
    DescribeStackEvents: pascal('StackEvents'),
    DescribeStacks: { ...pascal('Stacks'), unless: 'StackName' },
    ListChangeSets: pascal('Summaries'),
    ListExports: pascal('Exports'),
    ListStackResources: pascal('StackResourceSummaries'),
    ListStacks: pascal('StackSummaries'),
  },
  lambda: {
    ListAliases: { items: 'Aliases', token: 'Marker', next: 'NextMarker' },
    ListFunctions: { items: 'Functions', token: 'Marker', next: 'NextMarker' },
    ListVersionsByFunction: { items: 'Versions', token: 'Marker', next: 'NextMarker' },
  },
  // "This operation can return empty results while there are more log events available through the token."
  logs: {
    DescribeLogGroups: camel('logGroups'),
    DescribeLogStreams: camel('logStreams'),
    // AWS's pages have up to 1 MB of events, so a room that logs a thousand lines doesn't take that many calls.
    FilterLogEvents: { ...camel('events'), most: 20 },
  },
  // "It's possible that the service returns … an empty list and a NextToken."
  ssm: {
    DescribeParameters: pascal('Parameters'),
    GetParametersByPath: pascal('Parameters'),
  },
  'cognito-idp': {
    AdminListGroupsForUser: pascal('Groups'),
    ListGroups: pascal('Groups'),
    ListUserPoolClients: pascal('UserPoolClients'),
    ListUserPools: pascal('UserPools'),
    // AWS doesn't document empty pages for a search, and people look up one user by `sub`:
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
    ListUsers: { items: 'Users', token: 'PaginationToken', next: 'PaginationToken', unless: 'Filter' },
    ListUsersInGroup: pascal('Users'),
  },
};

/** How many items a page has, unless the listing says more; occasionally none. */
const [least, usualMost] = [1, 4];
const emptyPages = 0.3;

/** A position in a list: the operation's own token, and how many of its items were already returned. */
interface Place {
  readonly token?: string;
  readonly given: number;
  /** Whether the previous page was empty: a list doesn't consist of empty pages. */
  readonly wasEmpty: boolean;
}

type Members = Readonly<Record<string, unknown>>;

/** Splits lists into small pages. */
export class Pages {
  readonly #chance: Chance;
  readonly #counts = new Map<string, number>();

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Runs an operation, and returns a part of its list; other operations are unchanged. */
  async of({ service, operation, input }: WireRequest, run: (input: object) => Promise<object>): Promise<object> {
    const listing = listings[service.name]?.[operation];
    const asked = input as Members;
    if (listing === undefined || (listing.unless !== undefined && asked[listing.unless] !== undefined))
      return run(input);
    const { [listing.token]: sent, ...rest } = asked;
    const { token, given, wasEmpty } = placeOf(sent);
    const output = (await run(token === undefined ? rest : { ...rest, [listing.token]: token })) as Members;
    const items = (output[listing.items] ?? []) as readonly unknown[];
    const end = given + this.#size(`${service.name}:${operation}`, wasEmpty, listing.most);
    const page = { ...output, [listing.items]: items.slice(given, end) };
    if (end < items.length) return continued(page, listing, { token, given: end, wasEmpty: end === given });
    const next = output[listing.next];
    return typeof next === 'string' ? continued(page, listing, { token: next, given: 0, wasEmpty: false }) : page;
  }

  #size(name: string, wasEmpty: boolean, most = usualMost): number {
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    if (!wasEmpty && this.#chance('empty page', name, count) < emptyPages) return 0;
    return Math.round(between([least, most], this.#chance('page', name, count)));
  }
}

const prefix = 'page.';

function continued(
  page: Members,
  listing: Listing,
  place: Omit<Place, 'token'> & { token: string | undefined },
): object {
  return {
    ...page,
    ...(listing.truncated === undefined ? {} : { [listing.truncated]: true }),
    [listing.next]: `${prefix}${Buffer.from(JSON.stringify(place)).toString('base64url')}`,
  };
}

/** The operation itself rejects a token that isn't from these pages. */
function placeOf(sent: unknown): Place {
  if (sent === undefined) return { given: 0, wasEmpty: false };
  if (typeof sent !== 'string' || !sent.startsWith(prefix)) return { token: sent as string, given: 0, wasEmpty: false };
  try {
    return JSON.parse(Buffer.from(sent.slice(prefix.length), 'base64url').toString()) as Place;
  } catch {
    throw new AwsError('ValidationException', 'The pagination token is invalid.');
  }
}
