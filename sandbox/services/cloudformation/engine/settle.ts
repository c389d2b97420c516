import type { Write } from '../../../state/store.ts';
import { changeSets, type StackRecord, stackScope, templates } from '../records.ts';
import { moveStack, type Run, resourcesOf, resourceWrite, stackOf } from './journal.ts';

/** Ends an operation: sets the stack's final status, drops undo records and unreferenced templates. */
export async function settle(run: Run, status: string, changes: Partial<StackRecord> = {}): Promise<void> {
  const settled = resourcesOf(run)
    .filter(({ change }) => change !== undefined)
    .map(({ change: _change, former: _former, ...record }) => resourceWrite(run, record));
  const deleted = status === 'DELETE_COMPLETE' ? { DeletionTime: run.engine.clock.now().toISOString() } : {};
  await moveStack(run, status, { ...changes, ...deleted, operation: undefined }, [...settled, ...unusedTemplates(run)]);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status)) return;
  for (const { type, attributes } of resourcesOf(run)) run.engine.types[type]?.deployed?.(attributes, run.engine);
}

function unusedTemplates(run: Run): Write[] {
  const { store } = run.engine;
  const scope = stackScope(run.stackId);
  const used = [stackOf(run), ...changeSets.list(store, scope)].map(({ template }) => template);
  return store
    .entries(scope, 'cloudformation/template')
    .filter(([id]) => !used.includes(id))
    .map(([id]) => templates.remove(scope, id));
}
