import type { Fault } from '../../fault.ts';

export const wordsInTheLog: Fault = {
  from: 'Linus',
  complaint:
    'A colleague in support quoted from a conversation that he was not part of. He says that he did not have to do anything to see it.',
  look: 'Say something that nobody could guess, and look for it: `npx lab logs gameday`.',
  cause:
    "The function that remembers messages prints its whole event, and with it what people say and their names. Print the message's id and its size.",
  solvedBy: ['no-words-in-the-logs'],
  alsoFails: [],
};
