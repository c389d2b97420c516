import type { ListImportsInput, ListImportsOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../calls/operation.ts';
import { type EngineNeeds, engineOf } from '../engine/engine.ts';
import { importersOf } from '../engine/imports.ts';
import { pageOf } from '../members.ts';
import { ValidationError } from '../validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html */
export const listImports = operation<ListImportsInput, ListImportsOutput, EngineNeeds>({
  resource: () => '*',
  run({ ExportName = '', NextToken }, call) {
    const importers = importersOf(engineOf(call), ExportName);
    if (importers.length === 0) throw new ValidationError(`Export '${ExportName}' is not imported by any stack.`);
    const { page, ...next } = pageOf(importers, NextToken, 100);
    return { Imports: page, ...next };
  },
});
