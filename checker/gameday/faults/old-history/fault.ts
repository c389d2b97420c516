import type { Fault } from '../../fault.ts';

export const oldHistory: Fault = {
  from: 'Ken',
  complaint: 'I joined today and wanted to read what was said this morning. All I get is from last summer.',
  look: 'Ask for the history of a channel with many messages: `npx lab trace gameday` shows the Query. In which order does it read, and where does it stop?',
  cause:
    'The function behind `history` reads the oldest messages first and stops after 20. It must read the newest first (`ScanIndexForward: false`), and send them in chronological order.',
  solvedBy: ['newcomers-get-the-history'],
  alsoFails: [],
};
