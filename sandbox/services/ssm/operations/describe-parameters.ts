import type { DescribeParametersRequest, DescribeParametersResult, ParameterMetadata } from '@aws-sdk/client-ssm';
import { regional } from '../../../calls/context.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { parameterArn } from '../parameter.ts';
import { type ParameterRecord, parameters } from '../records.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = operation<DescribeParametersRequest, DescribeParametersResult, 'store'>({
  resource: (_input, { accountId, region }) => `arn:aws:ssm:${region}:${accountId}:*`,
  run(input, call) {
    const filters = [
      ...(input.Filters ?? []).map(({ Key, Values }) => ({ Key, Option: 'BeginsWith', Values })),
      ...(input.ParameterFilters ?? []),
    ];
    const found = parameters
      .list(call.store, regional(call))
      .filter((record) => filters.every(({ Key, Option, Values }) => passes(record, Key ?? '', Option, Values ?? [])));
    const { items, NextToken } = pageOf(found, input, 50);
    return {
      Parameters: items.map((record) => metadata(record, call)),
      ...(NextToken === undefined ? {} : { NextToken }),
    };
  },
});

function passes(record: ParameterRecord, key: string, option = 'Equals', values: readonly string[]): boolean {
  if (key !== 'Name' && key !== 'Type') throw new UnsupportedError(`the filter ${key} of DescribeParameters`);
  const value = key === 'Name' ? record.Name : (record.versions.at(-1)?.Type ?? '');
  const tests: Readonly<Record<string, (wanted: string) => boolean>> = {
    Equals: (wanted) => value === wanted,
    BeginsWith: (wanted) => value.startsWith(wanted),
    Contains: (wanted) => value.includes(wanted),
  };
  const test = tests[option];
  if (test === undefined) throw new UnsupportedError(`the filter option ${option} of DescribeParameters`);
  return values.some(test);
}

function metadata(record: ParameterRecord, call: { accountId: string; region: string }): ParameterMetadata {
  const version = record.versions.at(-1);
  return {
    Name: record.Name,
    ARN: parameterArn(record.Name, call),
    Type: version?.Type,
    LastModifiedDate: new Date(version?.LastModifiedDate ?? 0),
    LastModifiedUser: version?.LastModifiedUser,
    Description: record.Description,
    AllowedPattern: record.AllowedPattern,
    Version: version?.Version,
    Tier: 'Standard',
    Policies: [],
    DataType: version?.DataType,
  };
}
