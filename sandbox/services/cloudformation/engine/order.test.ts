import { expect, test } from 'vitest';
import { dependencies, inOrder, reversed } from './order.ts';

const template = {
  Resources: {
    Table: { Type: 'T' },
    Role: { Type: 'T' },
    Policy: { Type: 'T', Properties: { Roles: [{ Ref: 'Role' }], Document: { 'Fn::GetAtt': 'Table.Arn' } } },
    Function: {
      Type: 'T',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      Properties: { Name: { 'Fn::Sub': ['${Table}-${own}-${AWS::Region}', { own: { Ref: 'Role' } }] } },
      DependsOn: 'Policy',
    },
  },
};

test('dependencies are found in Ref, GetAtt, Sub and DependsOn', () => {
  expect(dependencies(template, Object.keys(template.Resources))).toEqual({
    Table: [],
    Role: [],
    Policy: ['Role', 'Table'],
    Function: ['Role', 'Table', 'Policy'],
  });
});

test('does not wait for anything that a condition removes', () => {
  expect(dependencies(template, ['Function', 'Role'])).toEqual({ Role: [], Function: ['Role'] });
});

test('a cycle is rejected with its members', () => {
  const circle = {
    Resources: {
      A: { Type: 'T', Properties: { B: { Ref: 'B' } } },
      B: { Type: 'T', DependsOn: ['A'] },
      C: { Type: 'T' },
    },
  };
  expect(() => dependencies(circle, ['A', 'B', 'C'])).toThrow('Circular dependency between resources: [A, B]');
});

test('independent resources run in parallel, and nothing starts after a failure', async () => {
  const begun: string[] = [];
  const graph = { A: [], B: [], C: ['A', 'B'], D: ['C'] };
  let running = 0;
  let most = 0;
  const failures = await inOrder(graph, async (id) => {
    begun.push(id);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    if (id === 'C') throw new Error('no');
  });
  expect(begun).toEqual(['A', 'B', 'C']);
  expect(most).toBe(2);
  expect(failures).toEqual([{ logicalId: 'C', error: new Error('no') }]);
});

test('waits for running resources if one throws at once', async () => {
  const ended: string[] = [];
  const failures = await inOrder({ Slow: [], Fast: [], Bad: ['Fast'] }, (id) => {
    if (id === 'Bad') throw new Error('no');
    const turns = id === 'Slow' ? 5 : 1;
    const run = async () => {
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      ended.push(id);
    };
    return run();
  });
  expect(ended).toEqual(['Fast', 'Slow']);
  expect(failures).toEqual([{ logicalId: 'Bad', error: new Error('no') }]);
});

test('deletion runs in the opposite order', () => {
  expect(reversed({ A: [], B: ['A'], C: ['A', 'B'] })).toEqual({ A: ['B', 'C'], B: ['C'], C: [] });
});
