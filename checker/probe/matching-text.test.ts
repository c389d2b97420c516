import { expect, test } from 'vitest';
import { matchingTexts } from './matching-text.ts';

test.each([
  ["if (/^UNI-\\d{4}$/.test(code ?? '')) return event;", ['UNI-7777']],
  ['const CODE = /^(?:beta|gamma)_[a-z0-9]{2,}$/i;', ['beta_aa']],
  ['return code.match(/^v[0-9]+\\.x$/);', ['v0.x']],
  ['return /@([^@]+)$/.exec(address)?.[1];', ['@a']],
  ["const isValid = (code = '') => /^VIP-\\d{4}$/.test(code);", ['VIP-7777']],
  ['const CODES = [/^INV-/, /^VIP-/];', ['INV-', 'VIP-']],
  ['const isValid = (code: string) => {\n  /^UNI$/.test(code);\n};', ['UNI']],
  ["const CODE = new RegExp('^INV-\\\\d{2}$', 'i');", ['INV-77']],
  ['// if (/^UNI$/.test(code)) return;\nreturn total / 2 / count;', []],
  ['if (/[/.test(code)) return;', []],
])('finds a text for each simple pattern in %s', (source, expected) => {
  expect(matchingTexts([source])).toEqual(expected);
});
