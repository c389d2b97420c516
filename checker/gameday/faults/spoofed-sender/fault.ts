import type { Fault } from '../../fault.ts';

export const spoofedSender: Fault = {
  from: 'Grace',
  complaint: 'There is a message under my name about the salaries. I did not write it, I was at lunch.',
  look: 'Where does the sending function take the name from that it puts on a message? Who can choose that?',
  cause:
    "The name on a message comes from what the client sends (`from` or `name`). It must come from the connection's own row, which the authorizer filled.",
  solvedBy: ['sender-is-genuine'],
  alsoFails: [],
};
