import { regional } from '../../../calls/context.ts';
import { stacks } from '../records.ts';
import type { Engine } from './engine.ts';

export interface Export {
  readonly ExportingStackId: string;
  readonly Name: string;
  readonly Value: string;
}

/** What the stacks of the account export in this region. */
export function exportsOf(engine: Pick<Engine, 'store' | 'accountId' | 'region'>): Export[] {
  return stacks
    .list(engine.store, regional(engine))
    .filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
    .flatMap(({ StackId, Outputs }) =>
      Outputs.flatMap(({ ExportName, OutputValue }) =>
        ExportName === undefined ? [] : [{ ExportingStackId: StackId, Name: ExportName, Value: OutputValue }],
      ),
    );
}
