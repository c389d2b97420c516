import type { Lab } from './check.ts';
import { missingRoute } from './labs/01-missing-route/lab.ts';
import { lambdaPermissions } from './labs/02-lambda-permissions/lab.ts';

/** The labs of the workshop, in order. */
export const labs: readonly Lab[] = [missingRoute, lambdaPermissions];
