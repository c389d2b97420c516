import type { Fault } from '../../fault.ts';

export const noWayBack: Fault = {
  from: 'Barbara',
  complaint:
    'I deleted a few old messages for a demo, and got the wrong ones. Can you get them back from yesterday? Nobody could tell me how.',
  look: 'Which table has the messages, and how can it be restored? Run `aws dynamodb describe-continuous-backups`.',
  cause: 'The messages table has no point-in-time recovery, so deleted messages are gone.',
  solvedBy: ['history-can-be-restored'],
  alsoFails: [],
};
