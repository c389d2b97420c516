import type { Fault } from '../../fault.ts';

export const wordsInTheLog: Fault = {
  from: 'Linus',
  complaint:
    'A colleague in support quoted from a conversation that he was not part of. He says that he did not have to do anything to see it.',
  look: 'Send a message that nobody could guess, and look for it with `npx lab logs gameday`.',
  cause:
    "The function that stores messages logs its whole event, including people's messages and names. Log the message's id and size instead.",
  solvedBy: ['no-words-in-the-logs'],
  alsoFails: [],
};
