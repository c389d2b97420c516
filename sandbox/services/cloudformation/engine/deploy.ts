import { InterruptedError } from '../deployments.ts';
import type { StackOutput } from '../records.ts';
import { applyResource, type DesiredResource, ResourceError, refuse } from './change-resource.ts';
import { deleteStack, interrupted, rollBackCreation } from './delete.ts';
import { deploymentOf, deploymentValues, desiredResource } from './desired-resources.ts';
import { presentResources } from './evaluation.ts';
import { moveStack, type Run, resourceOf, resourcesOf, resourceWrite, stackOf } from './journal.ts';
import { dependencies, type Failure, inOrder } from './order.ts';
import { outputsOf } from './outputs.ts';
import { cleanUp, rollBackUpdate } from './rollback.ts';
import { settle } from './settle.ts';

/**
 * Brings a stack to the state in its record, from `CREATE_IN_PROGRESS` or `UPDATE_IN_PROGRESS` to a final status; rolls
 * failures back as the operation requests. Rejects only with `InterruptedError`.
 */
export async function deploy(run: Run): Promise<void> {
  const { former, onFailure } = stackOf(run).operation ?? {};
  const result = await bringAbout(run);
  if ('problem' in result) {
    if (former !== undefined) return rollBackUpdate(run, result.problem);
    if (onFailure === 'DO_NOTHING') return settle(run, 'CREATE_FAILED', { StackStatusReason: result.problem });
    if (onFailure !== 'DELETE') return rollBackCreation(run, `${result.problem}Rollback requested by user.`);
    await moveStack(run, 'DELETE_IN_PROGRESS', { StackStatusReason: `${result.problem}Delete requested by user.` });
    return deleteStack(run);
  }
  const { Outputs, present } = result;
  if (former === undefined) return settle(run, 'CREATE_COMPLETE', { Outputs });
  const removed = resourcesOf(run).filter(({ logicalId }) => !present.includes(logicalId));
  await moveStack(
    run,
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    { Outputs },
    removed.map((record) => resourceWrite(run, { ...record, change: 'remove' })),
  );
  await cleanUp(run, 'UPDATE_COMPLETE');
}

type Result = { readonly Outputs: StackOutput[]; readonly present: readonly string[] } | { readonly problem: string };

/** Brings all resources to the template's state, each after those that it depends on. */
async function bringAbout(run: Run): Promise<Result> {
  let failures: readonly Failure[] = [];
  try {
    const deployment = deploymentOf(run);
    const values = deploymentValues(deployment);
    const present = presentResources(deployment.template, values);
    const graph = dependencies(deployment.template, present);
    failures = await inOrder(graph, async (logicalId) => {
      let target: DesiredResource;
      try {
        target = desiredResource(deployment, logicalId, values, graph);
      } catch (error) {
        return refuse(run, logicalId, deployment.template.Resources[logicalId]?.Type ?? '', error);
      }
      await applyResource(run, target);
    });
    interrupted(failures);
    if (failures.length === 0) return { Outputs: outputsOf(deployment, values), present };
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return { problem: `${(error as Error).message} ` };
  }
  return { problem: problemOf(run, failures) };
}

function problemOf(run: Run, failures: readonly Failure[]): string {
  const strange = failures.filter(({ error }) => !(error instanceof ResourceError));
  const failed = (verb: string, suffix: string) => {
    const ids = failures
      .map(({ logicalId }) => logicalId)
      .filter((logicalId) => resourceOf(run, logicalId)?.status === `${suffix}_FAILED`);
    return ids.length === 0 ? '' : `The following resource(s) failed to ${verb}: [${ids.join(', ')}]. `;
  };
  return [
    failed('create', 'CREATE'),
    failed('update', 'UPDATE'),
    ...strange.map(({ logicalId, error }) => `${logicalId}: ${(error as Error).message} `),
  ].join('');
}
