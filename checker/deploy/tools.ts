import { Synthesizer } from '../synth/synthesizer.ts';
import { Cdk } from './cdk.ts';
import type { DeployTools } from './deploy.ts';

/** The programs that deployments run; `close` ends those that were kept ready. */
export function deployTools(root: string): DeployTools & { warm(): void; close(): void } {
  const synthesizer = new Synthesizer(root);
  const cdk = new Cdk(root);
  return {
    synthesizer,
    cdk,
    warm() {
      synthesizer.warm();
      cdk.warm();
    },
    close() {
      synthesizer.close();
      cdk.close();
    },
  };
}
