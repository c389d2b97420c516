import { expect, test } from 'vitest';
import { xmlBody } from './xml-body.ts';

const read = (text: string, root = 'Delete') => xmlBody(Buffer.from(text), root);

test('reads text, lists and escaped characters', () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
    <!-- two -->
    <Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
      <Quiet>true</Quiet>
      <Object><Key>a &lt;b&gt; &amp;&quot;&apos; &#252;&#x1F469; 05</Key></Object>
      <Object><Key><![CDATA[a & b]]></Key><VersionId/></Object>
    </Delete>`;
  expect(read(text)).toEqual({
    Quiet: 'true',
    Object: [{ Key: 'a <b> &"\' ü👩 05' }, { Key: 'a & b', VersionId: '' }],
  });
});

test('returns a list even for one item, and no members for an empty element', () => {
  expect(read('<Delete><Object><Key>a</Key></Object></Delete>')).toEqual({ Object: [{ Key: 'a' }] });
  expect(read('<Delete/>')).toEqual({});
  expect(xmlBody(Buffer.alloc(0), 'Delete')).toBeUndefined();
});

test.each([
  ['text', 'text'],
  ['another root', '<Other/>'],
  ['two roots', '<Delete/><Delete/>'],
  ['text behind the root', '<Delete/>text'],
  ['an end too few', '<Delete><Object>'],
  ['an end too many', '<Delete/></Delete>'],
  ['ends in another order', '<Delete><A><B></A></B></Delete>'],
  ['a type of its own', '<!DOCTYPE a [<!ENTITY a "b">]><Delete>&a;</Delete>'],
  ['an entity that nobody defined', '<Delete>&a;</Delete>'],
  ['a sign that is no character', '<Delete>&#x110000;</Delete>'],
  ['a bare &', '<Delete>a & b</Delete>'],
  ['a bare <', '<Delete>a < b</Delete>'],
  ['the name of a prototype', '<constructor/>'],
  ['too many tags', `<Delete>${'<a/>'.repeat(200_000)}</Delete>`],
  ['too many levels', '<a>'.repeat(1000)],
])('refuses %s', (_what, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
});
