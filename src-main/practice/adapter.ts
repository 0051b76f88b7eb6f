import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

const CAPACITY = 5000;
/** How long something expired or used is still remembered, so that it is refused for what it is. Seconds. */
const MEMORY = 3600;

interface Kept { payload: AdapterPayload; until: number }

/**
 * Everything the practice provider knows, in memory: gone with the process, at most 5,000 things, the oldest forgotten first.
 *
 * @returns the factory oidc-provider asks for one adapter a model
 */
export function memoryAdapter(): AdapterFactory {
  const kept = new Map<string, Kept>();
  const living = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    if (found && found.until < Date.now()) kept.delete(key);
    return found && found.until >= Date.now() ? found.payload : undefined;
  };
  const findBy = (model: string, field: 'uid' | 'userCode', value: string): AdapterPayload | undefined => {
    for (const [key, { payload }] of kept) if (key.startsWith(`${model}:`) && payload[field] === value) return living(key);
    return undefined;
  };
  return (model): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      kept.delete(`${model}:${id}`);
      kept.set(`${model}:${id}`, { payload, until: expiresIn === undefined ? Infinity : Date.now() + (expiresIn + MEMORY) * 1000 });
      if (kept.size > CAPACITY) kept.delete(kept.keys().next().value as string);
    },
    find: async (id) => living(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, 'uid', uid),
    findByUserCode: async (userCode) => findBy(model, 'userCode', userCode),
    consume: async (id) => {
      const payload = living(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => { kept.delete(`${model}:${id}`); },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of kept) if (key.startsWith(`${model}:`) && payload.grantId === grantId) kept.delete(key);
    },
  });
}
