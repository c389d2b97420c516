import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Examination } from './finding.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser for the browser tests: only authors need one. */
export const chromium: Examination = async ({ environment }) => {
  const about = 'Chromium';
  const paths = (environment.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...paths, ...places].find((path) => existsSync(path));
  return found === undefined
    ? { about, state: 'note', found: "none: browser tests are skipped; the labs don't need it" }
    : { about, state: 'fine', found };
};
