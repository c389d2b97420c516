import { awsOf, type Examination } from './finding.ts';

/** How many sockets a visit opens at once; each can keep a function busy. */
const sockets = 5;

/** The account's concurrency limit: 10 in a new account. */
export const concurrency: Examination = async (patient) => {
  const target = awsOf(patient);
  if (target === undefined) return [];
  const about = 'Lambda concurrency';
  const { GetAccountSettingsCommand } = await import('../aws/sdk/lambda.ts');
  const client = await target.clients.lambda();
  const settings = await client.send(new GetAccountSettingsCommand({})).catch((error: Error) => {
    if (['NotImplemented', 'UnknownOperationException'].includes(error.name)) return undefined;
    throw error;
  });
  if (settings === undefined) return { about, state: 'note', found: "this endpoint doesn't report it" };
  const { AccountLimit } = settings;
  const free = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  const found = `${free} functions can run at once; the checker needs at least ${sockets}`;
  if (free >= sockets) return { about, state: 'fine', found };
  return {
    about,
    state: 'in the way',
    found,
    next: 'Request a higher limit: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  };
};
