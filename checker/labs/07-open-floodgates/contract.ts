/** How many requests a second, and how many at once, a route may take: enough for people, too few for a flood. */
export const RATE = { least: 10, most: 500 } as const;
export const BURST = { least: 20, most: 1000 } as const;

/**
 * API Gateway's limits for stages without their own: for all APIs of an account in a region together.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const ACCOUNT = { rate: 10_000, burst: 5_000 } as const;
