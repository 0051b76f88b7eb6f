import { fail, ok } from '../../contract/index.ts';
import type { RenewalKeeper } from '../../flow/renewal/index.ts';
import type { Handlers } from '../channels.ts';

const none = { code: 'nothing-to-renew', message: 'Nothing is being renewed in this run.' };

/** Keeping tokens fresh: how it stands, and the person's stop and go. */
export function renewalHandlers(keeper: RenewalKeeper): Pick<Handlers, 'renewal.list' | 'renewal.stop' | 'renewal.resume'> {
  return {
    'renewal.list': async () => ok(keeper.list()),
    'renewal.stop': async ({ runId }) => (keeper.stop(runId) ? ok(null) : fail(none)),
    'renewal.resume': async ({ runId }) => (keeper.restart(runId) ? ok(null) : fail(none)),
  };
}
