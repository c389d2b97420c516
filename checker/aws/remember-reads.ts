import type { Target } from './target.ts';

/**
 * Reads of configuration, which one look at the room needs once. Stacks, rows and logs aren't here: checks wait for
 * them.
 */
const reads: ReadonlySet<string> = new Set([
  'GetApi',
  'GetAuthorizers',
  'GetIntegration',
  'GetIntegrations',
  'GetRoutes',
  'GetStage',
  'GetStages',
  'GetFunctionConcurrency',
  'GetFunctionConfiguration',
  'GetPolicy',
  'GetPolicyVersion',
  'GetRole',
  'GetRolePolicy',
  'ListAliases',
  'ListAttachedRolePolicies',
  'ListPolicyVersions',
  'ListRolePolicies',
  'ListVersionsByFunction',
  'DescribeUserPool',
  'DescribeUserPoolClient',
]);

/** The part of an SDK client that is used here. */
interface Client {
  send(command: { readonly input: object }, ...more: unknown[]): Promise<unknown>;
}

/** A target that can remember what it reads. */
export interface RememberingTarget {
  readonly target: Target;
  /**
   * While this runs, each of the target's reads of configuration is sent once, and its answer is remembered. Within
   * another one, it reads again if changes take time to spread, and otherwise shares what that one remembers.
   */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** Parts of a verdict read the same role, function or route, and know nothing of each other. */
export function rememberReads(target: Target): RememberingTarget {
  // Not AsyncLocalStorage: on Node.js 20, it slows every promise of the process.
  let known: Map<string, Promise<unknown>> | undefined;
  const sendOnce = async (client: Client, ...sent: Parameters<Client['send']>): Promise<unknown> => {
    const [command] = sent;
    const operation = command.constructor.name.replace(/Command$/, '');
    const answers = reads.has(operation) ? known : undefined;
    if (answers === undefined) return client.send(...sent);
    const key = `${operation} ${JSON.stringify(command.input)}`;
    const answer = answers.get(key) ?? client.send(...sent);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
  const proxies = new Map<Client, Client>();
  const through = <T extends Client>(open: () => Promise<T>) => {
    return async (): Promise<T> => {
      const client = await open();
      // Paginators ask for an instance of the client's class.
      const proxy = proxies.get(client) ?? Object.create(client, { send: { value: sendOnce.bind(undefined, client) } });
      proxies.set(client, proxy);
      return proxy as T;
    };
  };
  const { iam, lambda, apigateway, cognito } = target.clients;
  return {
    target: {
      ...target,
      clients: {
        ...target.clients,
        iam: through(iam),
        lambda: through(lambda),
        apigateway: through(apigateway),
        cognito: through(cognito),
      },
    },
    async during(work) {
      const shared = target.spread === 0 ? known : undefined;
      const own = shared ?? new Map();
      known = own;
      try {
        return await work();
      } finally {
        // One that goes on after its deadline ends beside a later one.
        if (shared === undefined && known === own) known = undefined;
      }
    },
  };
}
