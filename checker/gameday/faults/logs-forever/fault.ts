import type { Fault } from '../../fault.ts';

export const logsForever: Fault = {
  from: 'Frances, finance',
  complaint:
    'We pay for storage that grows every month, and nobody can tell me what is in it. Does the chat throw anything away, ever?',
  look: 'What does the room write that nothing deletes? Look at the retention of each log group.',
  cause: 'The log groups have no retention, so every line is kept and paid for forever.',
  solvedBy: ['logs-expire'],
  alsoFails: [],
};
