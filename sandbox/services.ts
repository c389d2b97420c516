import type { Service } from './operation.ts';
import { sts } from './services/sts/service.ts';

/** Every service of the practice account, by its signature scope. A new service is one line here. */
export const services: Readonly<Record<string, Service>> = {
  sts,
};
