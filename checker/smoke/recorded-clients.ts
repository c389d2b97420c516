import type { Clients } from '../aws/target.ts';
import type { Answer } from './answers.ts';

/** The part of an SDK's middleware stack that is used here: each client types its own by its inputs and outputs. */
interface Stack {
  add(
    middleware: Middleware,
    options: {
      readonly step: 'initialize' | 'finalizeRequest';
      readonly name: string;
      readonly priority: 'high' | 'low';
    },
  ): void;
}

type Middleware = (
  next: (request: object) => Promise<object>,
  context: Context,
) => (request: object) => Promise<object>;

interface Context {
  readonly commandName?: string;
  /** For the tries of this call. */
  smokeCodes?: string[];
  smokeTries?: number;
}

/** Returns the same clients, which report each answer. */
export function recordedClients(clients: Clients, report: (answer: Answer) => void): Clients {
  const seen = new WeakSet<object>();
  const recorded = <C extends { readonly middlewareStack: object }>(client: C): C => {
    if (!seen.has(client)) record(client.middlewareStack as Stack, report);
    seen.add(client);
    return client;
  };
  return new Proxy(clients, {
    get: (target, name: keyof Clients) => async (endpoint: string) => recorded(await target[name](endpoint)),
  });
}

function record(stack: Stack, report: (answer: Answer) => void): void {
  const whole: Middleware = (next, context) => async (request) => {
    context.smokeCodes = [];
    context.smokeTries = 0;
    const began = performance.now();
    const answer = () => ({
      call: context.commandName?.replace(/Command$/, '') ?? '',
      duration: performance.now() - began,
      tries: context.smokeTries ?? 0,
    });
    try {
      const result = await next(request);
      report({ ...answer(), codes: context.smokeCodes });
      return result;
    } catch (error) {
      const code = codeOf(error);
      const codes = context.smokeCodes.at(-1) === code ? context.smokeCodes : [...context.smokeCodes, code];
      report({ ...answer(), codes, error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
  const each: Middleware = (next, context) => async (request) => {
    context.smokeTries = (context.smokeTries ?? 0) + 1;
    try {
      return await next(request);
    } catch (error) {
      context.smokeCodes?.push(codeOf(error));
      throw error;
    }
  };
  stack.add(whole, { step: 'initialize', name: 'recordAnswer', priority: 'high' });
  // After the retry middleware, so once per try.
  stack.add(each, { step: 'finalizeRequest', name: 'recordTry', priority: 'low' });
}

function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
