import type { Fault } from '../../fault.ts';

export const silentDefault: Fault = {
  from: 'Barbara',
  complaint:
    'My bot had a typo in its action for two days. The room took every message and never said a word. Why does it not tell me?',
  look: 'Send an unknown action and follow it: `npx lab trace gameday`. The function answers. Where does its answer go?',
  cause:
    'The route `$default` has no route response (`returnResponse`), so API Gateway drops what its function returns.',
  solvedBy: ['unknown-action-answered'],
  alsoFails: [],
};
