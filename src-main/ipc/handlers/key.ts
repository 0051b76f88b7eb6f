import { ok } from '../../contract/index.ts';
import type { Services } from '../../services.ts';
import type { Handlers } from '../channels.ts';

/** Private keys of environments: made or taken in, and only their public side told. They are kept by `environment.save`. */
export function keyHandlers({ keys }: Services): Pick<Handlers, 'key.prepare' | 'key.list'> {
  return {
    'key.prepare': (source) => keys.prepare(source),
    'key.list': async ({ environmentId }) => ok(await keys.list(environmentId)),
  };
}
