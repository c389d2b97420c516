import { expect, test } from 'vitest';
import { masked } from './mask.ts';

const environment = {
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzE',
};

test.each([
  ['an access key', 'the key AKIAIOSFODNN7EXAMPLE is', 'the key AKIA… is'],
  ["a session's", 'ASIAIOSFODNN7EXAMPLE', 'ASIA…'],
  ['a secret of the environment', `it is ${environment.AWS_SECRET_ACCESS_KEY}.`, 'it is ….'],
  ['a session token', `token ${environment.AWS_SESSION_TOKEN}`, 'token …'],
  ['a password in an address', 'http://ada:secret@proxy:8080', 'http://…@proxy:8080'],
  ['the home folder', 'in /home/ada/websocket-lab/.lab', 'in ~/websocket-lab/.lab'],
  ['nothing', 'AWS account 111122223333 in us-east-1', 'AWS account 111122223333 in us-east-1'],
])('%s', (_, text, shown) => {
  expect(masked(text, environment, '/home/ada')).toBe(shown);
});
