import { awsOf, type Examination } from './finding.ts';

/** A visit opens at most that many sockets at once, each of which may keep a function busy. */
const sockets = 5;

/** How many functions may run at once: 10 in a new account. */
export const concurrency: Examination = async (patient) => {
  const target = awsOf(patient);
  if (target === undefined) return [];
  const about = 'Lambda concurrency';
  const { GetAccountSettingsCommand } = await import('@aws-sdk/client-lambda');
  const client = await target.clients.lambda();
  const settings = await client.send(new GetAccountSettingsCommand({})).catch((error: Error) => {
    if (['NotImplemented', 'UnknownOperationException'].includes(error.name)) return undefined;
    throw error;
  });
  if (settings === undefined) return { about, state: 'note', found: 'this endpoint does not tell' };
  const { AccountLimit } = settings;
  const free = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  const found = `${free} functions may run at once; the checker keeps ${sockets} busy at most`;
  if (free >= sockets) return { about, state: 'fine', found };
  return {
    about,
    state: 'in the way',
    found,
    next: 'Ask for more: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  };
};
