interface Stack {
  add(middleware: Middleware, options: { readonly step: 'build'; readonly name: string }): void;
}

type Middleware = (next: (request: object) => Promise<object>) => (request: object) => Promise<object>;

/**
 * Marks a client's calls to a practice account as the checker's, so that the console can leave out the invocations that
 * they cause. The account passes the mark to no function.
 */
export function markAsProbe({ middlewareStack }: { readonly middlewareStack: object }): void {
  const mark: Middleware = (next) => (call) => {
    const { request } = call as { request: { headers: Record<string, string> } };
    request.headers['x-lab-probe'] = 'yes';
    return next(call);
  };
  (middlewareStack as Stack).add(mark, { step: 'build', name: 'markAsProbe' });
}
