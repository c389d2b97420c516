import { expect, test } from 'vitest';
import { resolve } from './resolve.ts';
import { type TemplateValues, Unknown } from './template-values.ts';

const values: TemplateValues = {
  ref: (name) =>
    ({
      Name: 'chat',
      Many: ['a', 'b'],
      'AWS::Region': 'eu-west-1',
      'AWS::NoValue': undefined,
      New: new Unknown('New'),
    })[name],
  attribute: (name, attribute) => `${name}:${attribute}`,
  condition: (name) => name === 'Yes',
  mapping: (map, top, second) => `${map}/${top}/${second}`,
  exported: (name) => `exported ${name}`,
  region: 'eu-west-1',
};

test.each([
  [{ Ref: 'Name' }, 'chat'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table:Arn'],
  [{ 'Fn::GetAtt': 'Api.Nested.Attribute' }, 'Api:Nested.Attribute'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
  [{ 'Fn::Sub': '${Name}-${Table.Arn}-${!Literal}-$$' }, 'chat-Table:Arn-${Literal}-$$'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
  [{ 'Fn::Sub': ['${own}${Name}', { own: { Ref: 'AWS::Region' } }] }, 'eu-west-1chat'],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Name' }, 1]] }, 'a/chat/1'],
  [{ 'Fn::Join': [',', { Ref: 'Many' }] }, 'a,b'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': ['-', 'x-y-z'] }] }, 'y'],
  [{ 'Fn::Base64': 'hello' }, 'aGVsbG8='],
  [{ 'Fn::FindInMap': ['Map', { Ref: 'Name' }, 'x'] }, 'Map/chat/x'],
  [{ 'Fn::ImportValue': 'Vpc' }, 'exported Vpc'],
  [{ 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  [{ a: { 'Fn::If': ['Yes', 1, 2] }, b: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] } }, { a: 1 }],
  [{ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Name' }, 'chat'] }] }, false],
  [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] }] }, true],
  [{ 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], 30] }] }, true],
  [
    { Statement: [{ Condition: { StringEquals: { a: { Ref: 'Name' } } } }] },
    { Statement: [{ Condition: { StringEquals: { a: 'chat' } } }] },
  ],
  [{ Condition: { StringEquals: 'x' } }, { Condition: { StringEquals: 'x' } }],
])('%j', (value, expected) => {
  expect(resolve(value, values)).toEqual(expected);
});

test('one unknown part makes a text unknown, and leaves the rest of an object known', () => {
  expect(resolve({ a: { 'Fn::Join': ['', ['x', { Ref: 'New' }]] }, b: 1 }, values)).toEqual({
    a: new Unknown('New'),
    b: 1,
  });
});

test('an unsupported type is rejected by name', () => {
  expect(() => resolve({ 'Fn::Cidr': [] }, values)).toThrow("doesn't support the intrinsic function Fn::Cidr");
  expect(() => resolve('{{resolve:secretsmanager:x}}', values)).toThrow('{{resolve:secretsmanager:…}}');
});
