import type { UserPoolDescriptionType } from '@aws-sdk/client-cognito-identity-provider';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { explainFailure } from '../failures/failure.ts';
import type { Failure } from '../failures/failure-kind.ts';
import { workshopTag } from '../observe/own-stack.ts';
import { TAG as checkersTag, isForgottenOwn } from '../sign-in/bring.ts';

/** Something that has a lab's name or tag, and still exists in the account. */
export interface Leftover {
  /** `log group` */
  readonly kind: string;
  readonly name: string;
  /** The AWS CLI command that deletes it. */
  readonly command: string;
}

export interface Leftovers {
  readonly found: readonly Leftover[];
  /** The kinds that couldn't be checked, each with the reason, and what to do about it. */
  readonly unseen: readonly ({ readonly kind: string } & Failure)[];
}

/** A leftover stack. */
export function leftStack(name: string): Leftover {
  return { kind: 'stack', name, command: `aws cloudformation delete-stack --stack-name ${name}` };
}

/** The searches, by kind. Each thing is yielded when it is found, so that a later error doesn't hide it. */
type Searches = Readonly<Record<string, (target: Target, isOurs: IsOurs) => AsyncGenerator<Leftover, void>>>;

/** Whether a name, or the workshop's tag, belongs to one of the labs. */
interface IsOurs {
  name(name: string | undefined): boolean;
  tag(tags: Readonly<Record<string, string>> | undefined): boolean;
  readonly stacks: readonly string[];
  /** How the names of the labs' resources begin. */
  readonly prefixes: readonly string[];
}

/**
 * CloudFormation truncates a stack's name when it generates a name of at most 64 characters: this much of it remains.
 */
const kept = 20;

/** How many things with other names are asked for their tags: an account can have very many. */
const mostAsked = 100;

/**
 * Returns the leftovers of some labs in an account, or of any lab with `all`: by name, and by tag if possible.
 * Changes nothing.
 */
export async function findLeftovers(target: Target, labs: readonly string[], all: boolean): Promise<Leftovers> {
  const stacks = labs.map(stackNameOf);
  const prefixes = stacks.map((name) => name.slice(0, kept));
  const isOurs: IsOurs = {
    name: (name = '') =>
      prefixes.some(
        (prefix) => name.startsWith(prefix) && (prefix.length === kept || /^($|-)/.test(name.slice(prefix.length))),
      ),
    tag(tags) {
      const lab = tags?.[workshopTag];
      return lab !== undefined && (all || labs.includes(lab));
    },
    stacks,
    prefixes,
  };
  const found: Leftover[] = [];
  const unseen: Array<{ kind: string } & Failure> = [];
  for (const [kind, search] of Object.entries(searches)) {
    try {
      for await (const leftover of search(target, isOurs)) found.push(leftover);
    } catch (error) {
      unseen.push({ kind, ...explainFailure(error, target) });
    }
  }
  return { found, unseen };
}

/** The kinds to look for: `stacks, APIs, functions, log groups, tables or user pools`. */
export function kindsInWords(): string {
  return Object.keys(searches)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}

const searches: Searches = {
  async *stacks(target, isOurs) {
    const [client, { paginateDescribeStacks }] = await Promise.all([
      target.clients.cloudformation(),
      import('../aws/sdk/cloudformation.ts'),
    ]);
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
      for (const { StackName: name = '', Tags = [] } of Stacks) {
        const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
        if (!isOurs.tag(tags) && !isOurs.stacks.includes(name)) continue;
        yield leftStack(name);
      }
    }
  },
  async *APIs(target, isOurs) {
    const [client, { GetApisCommand }] = await Promise.all([
      target.clients.apigateway(),
      import('../aws/sdk/apigateway.ts'),
    ]);
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetApisCommand({ NextToken }));
      for (const { Name = '', ApiId = '', Tags } of page.Items ?? []) {
        if (!isOurs.name(Name) && !isOurs.tag(Tags)) continue;
        yield {
          kind: 'API',
          name: `${Name} (${ApiId})`,
          command: `aws apigatewayv2 delete-api --api-id ${ApiId}`,
        };
      }
      ({ NextToken } = page);
    } while (NextToken !== undefined);
  },
  async *functions(target, isOurs) {
    const [client, { paginateListFunctions }] = await Promise.all([
      target.clients.lambda(),
      import('../aws/sdk/lambda.ts'),
    ]);
    for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
      for (const { FunctionName: name = '' } of Functions) {
        if (!isOurs.name(name)) continue;
        yield { kind: 'function', name, command: `aws lambda delete-function --function-name ${name}` };
      }
    }
  },
  async *'log groups'(target, isOurs) {
    const [client, { paginateDescribeLogGroups }] = await Promise.all([
      target.clients.logs(),
      import('../aws/sdk/logs.ts'),
    ]);
    // Lambda creates one automatically, untagged, for a function that logs without having one.
    for (const before of ['', '/aws/lambda/']) {
      for (const prefix of isOurs.prefixes) {
        const input = { logGroupNamePrefix: `${before}${prefix}` };
        for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, input)) {
          for (const { logGroupName: name = '' } of logGroups) {
            if (!isOurs.name(name.slice(before.length))) continue;
            yield { kind: 'log group', name, command: `aws logs delete-log-group --log-group-name ${name}` };
          }
        }
      }
    }
  },
  async *tables(target, isOurs) {
    const [client, { paginateListTables, DescribeTableCommand, ListTagsOfResourceCommand }] = await Promise.all([
      target.clients.dynamodb(),
      import('../aws/sdk/dynamodb.ts'),
    ]);
    const isTagged = async (name: string) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      const { Tags = [] } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
      return isOurs.tag(Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])));
    };
    const names: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
    for await (const name of ofUs(names, isOurs.name, isTagged)) {
      yield { kind: 'table', name, command: `aws dynamodb delete-table --table-name ${name}` };
    }
  },
  async *'user pools'(target, isOurs) {
    const [client, { paginateListUserPools, DescribeUserPoolCommand }] = await Promise.all([
      target.clients.cognito(),
      import('../aws/sdk/cognito.ts'),
    ]);
    const isTagged = async ({ Id, Name = '' }: UserPoolDescriptionType) => {
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: Id }));
      const tags = UserPool?.UserPoolTags;
      // The checks also delete these, if they get to it.
      return isOurs.tag(tags) || (isForgottenOwn(Name) && tags?.[checkersTag] !== undefined);
    };
    const pools: UserPoolDescriptionType[] = [];
    for await (const page of paginateListUserPools({ client }, { MaxResults: 60 }))
      pools.push(...(page.UserPools ?? []));
    for await (const { Name, Id } of ofUs(pools, ({ Name }) => isOurs.name(Name), isTagged)) {
      yield {
        kind: 'user pool',
        name: `${Name} (${Id})`,
        command: `aws cognito-idp delete-user-pool --user-pool-id ${Id}`,
      };
    }
  },
};

/**
 * Yields those with one of our names, and those with our tag, which requires a request for each. Rejects after the last
 * one if a request failed: it may have been ours.
 */
async function* ofUs<T>(
  things: readonly T[],
  isNamed: (thing: T) => boolean,
  isTagged: (thing: T) => Promise<boolean>,
): AsyncGenerator<T, void> {
  yield* things.filter(isNamed);
  const failures: unknown[] = [];
  for (const thing of things.filter((one) => !isNamed(one)).slice(0, mostAsked)) {
    const isOurs = await isTagged(thing).catch((error: unknown) => {
      // Somebody deleted it after it was listed.
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') failures.push(error);
      return false;
    });
    if (isOurs) yield thing;
  }
  if (failures.length > 0) throw failures[0];
}
