import { regional } from '../../../calls/context.ts';
import { stacks } from '../records.ts';
import type { Engine } from './engine.ts';

export interface Export {
  readonly ExportingStackId: string;
  readonly Name: string;
  readonly Value: string;
}

/** The exports of the account's stacks in this region. */
export function exportsOf(engine: Pick<Engine, 'store' | 'accountId' | 'region'>): Export[] {
  return stacks
    .list(engine.store, regional(engine))
    .filter(({ StackStatus }) => !['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'].includes(StackStatus))
    .flatMap(({ StackId, Outputs }) =>
      Outputs.flatMap(({ ExportName, OutputValue }) =>
        ExportName === undefined ? [] : [{ ExportingStackId: StackId, Name: ExportName, Value: OutputValue }],
      ),
    );
}
