import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from '@aws-sdk/client-lambda';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { functions } from '../records.ts';

/**
 * The limits of an account with more than a new one's
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const usualConcurrency = 1000;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export const getAccountSettings = operation<GetAccountSettingsRequest, GetAccountSettingsResponse, 'store' | 'weather'>(
  {
    resource: () => '*',
    run(_input, call) {
      const all = functions.list(call.store, regional(call));
      const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
      const concurrency = Math.min(call.weather.concurrency, usualConcurrency);
      const reserved = sum(all.map(({ reservedConcurrency = 0 }) => reservedConcurrency));
      return {
        AccountLimit: {
          TotalCodeSize: 75 * 1024 ** 3,
          CodeSizeUnzipped: 250 * 1024 ** 2,
          CodeSizeZipped: 50 * 1024 ** 2,
          ConcurrentExecutions: concurrency,
          UnreservedConcurrentExecutions: Math.max(0, concurrency - reserved),
        },
        AccountUsage: {
          TotalCodeSize: sum(
            all.flatMap(({ latest, versions }) => [latest, ...versions].map(({ CodeSize }) => CodeSize)),
          ),
          FunctionCount: all.length,
        },
      };
    },
  },
);
