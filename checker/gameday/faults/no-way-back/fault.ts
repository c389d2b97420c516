import type { Fault } from '../../fault.ts';

export const noWayBack: Fault = {
  from: 'Barbara',
  complaint:
    'I deleted a few old messages for a demo, and got the wrong ones. Can you get them back from yesterday? Nobody could tell me how.',
  look: 'Which table has the messages, and from what could it be restored? `aws dynamodb describe-continuous-backups` says so.',
  cause: 'The messages table has no point-in-time recovery, so what is deleted there is gone.',
  solvedBy: ['history-can-be-restored'],
  alsoFails: [],
};
