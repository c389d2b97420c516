import { expect, test } from 'vitest';
import { onlyPrintIn } from './only-print.ts';

const posts = 'api.send(new PostToConnectionCommand({}));';

test.each([
  ['console.log(text.replace(/[a-z]/g, rotated)); // why?', 'console.log(text.replace(/[a-z]/g, rotated));'],
  ["console.table(body?.split(' '));", "console.table(body?.split(' '));"],
  ['import { writeSync } from "node:fs";\n  writeSync(2, body);', 'writeSync(2, body);'],
  ['process.stdout.write(body);\n// console.log(body);', 'process.stdout.write(body);'],
  ['console.log(1);\nconsole.log(2);', undefined],
  ['return done;', undefined],
])('finds the only call that prints: %j', (source, line) => {
  expect(onlyPrintIn([`${source}\n${posts}`, "console.log('Refused');"])).toBe(line);
});
