import type { Fault } from '../../fault.ts';

export const spoofedSender: Fault = {
  from: 'Grace',
  complaint: 'There is a message under my name about the salaries. I did not write it, I was at lunch.',
  look: 'Where does the sending function get the name on a message? Who can choose it?',
  cause:
    'The name on a message comes from what the client sends (`from` or `name`). It must come from the authorizer, which read it from the token.',
  solvedBy: ['sender-is-genuine'],
  alsoFails: [],
};
