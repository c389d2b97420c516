import { expect, test } from 'vitest';
import type { Lab } from '../checking/lab.ts';
import { UsageError } from '../failures/errors.ts';
import { findLab } from './lab-name.ts';

const labs = ['01-missing-route', '02-lambda-permissions', '12-lambda-layers'].map(
  (id): Lab => ({ id, title: id, complaint: '', load: async () => ({ checks: [], failsAtStart: [] }) }),
);

test.each([
  ['1', '01-missing-route'],
  ['01', '01-missing-route'],
  ['02-lambda-permissions', '02-lambda-permissions'],
  ['labs/01-missing-route/', '01-missing-route'],
  ['missing', '01-missing-route'],
  ['lambda-p', '02-lambda-permissions'],
  ['12', '12-lambda-layers'],
  ['lab1', '01-missing-route'],
  ['Lab 2', '02-lambda-permissions'],
  ['lab-12', '12-lambda-layers'],
  ['route', '01-missing-route'],
])('%s', (name, id) => {
  expect(findLab(name, labs).id).toBe(id);
});

test.each([
  ['misssing-route', '01-missing-route'],
  ['lambda', '02-lambda-permissions'],
  ['02-lambda-premissions', '02-lambda-permissions'],
  ['misisng', '01-missing-route'],
  ['permisions', '02-lambda-permissions'],
])('%s is not a lab, and the nearest name is suggested', (name, nearest) => {
  expect(() => findLab(name, labs)).toThrow(UsageError);
  expect(() => findLab(name, labs)).toThrow(`There is no lab "${name}". Did you mean ${nearest}?`);
});

test.each(['banana', '99', 'x'])('suggests nothing for %s, which is close to nothing', (name) => {
  expect(() => findLab(name, labs)).toThrow(new RegExp(`^There is no lab "${name}"\\.$`));
});
