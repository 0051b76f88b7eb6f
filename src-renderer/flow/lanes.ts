import type { RunEvent } from '../../src-main/contract/run.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import { purposeNames } from '../format/words.ts';
import { urlParts } from '../format/url.ts';
import { APP, BROWSER } from './rows.ts';

export interface Lane { id: string; name: string; host: string | null }
/** Neighbouring lanes of one host, for the line above them. */
export interface LaneGroup { host: string; first: number; count: number }
export interface Lanes { lanes: Lane[]; groups: LaneGroup[]; indexOf(id: string): number }

const order = ['Authorize', 'Discovery', ...Object.values(purposeNames).filter((name) => name !== 'Discovery')];

export const laneOf = (url: string, endpoint: string): string => `${urlParts(url).host}|${endpoint}`;

/** The endpoint lane an event talks to, if any. */
export function providerLane(event: RunEvent): string | null {
  switch (event.type) {
    case 'exchange-recorded': return laneOf(event.exchange.url, purposeNames[event.exchange.purpose]);
    case 'authorization-requested': return laneOf(event.url, 'Authorize');
    case 'front-channel-hop': return laneOf(event.url, 'Authorize');
    default: return null;
  }
}

/**
 * The lanes of a Run: browser, Grantscope (or whoever sent what was imported), then the provider's endpoints grouped by host. Where they would be narrower than
 * `minimum`, the endpoints of a host share one lane.
 *
 * @param width of the drawing in CSS pixels
 */
export function lanesOf(run: RunState, width: number, minimum = 84): Lanes {
  const wanted = new Set<string>();
  for (const step of run.steps) for (const event of step.events) {
    const lane = providerLane(event);
    if (lane !== null) wanted.add(lane);
  }
  const hosts = [...new Set([...wanted].map((id) => id.split('|')[0] as string))];
  const endpoints: Lane[] = hosts.flatMap((host) => [...wanted]
    .filter((id) => id.startsWith(`${host}|`))
    .map((id): Lane => ({ id, name: id.slice(host.length + 1), host }))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)));
  const split = width / (endpoints.length + 2) >= minimum;
  const provider = split ? endpoints : hosts.map((host): Lane => ({ id: host, name: 'Provider', host }));
  if (provider.length === 0) provider.push({ id: 'provider', name: 'Provider', host: null });
  const lanes: Lane[] = [{ id: BROWSER, name: 'Browser', host: null }, { id: APP, name: run.started?.origin === 'imported' ? 'Client' : 'Grantscope', host: null }, ...provider];
  const groups = hosts.map((host): LaneGroup => ({
    host, first: lanes.findIndex((lane) => lane.host === host), count: lanes.filter((lane) => lane.host === host).length,
  }));
  const index = new Map(lanes.map((lane, position) => [lane.id, position]));
  const indexOf = (id: string): number => index.get(id) ?? index.get(id.split('|')[0] ?? '') ?? lanes.length - 1;
  return { lanes, groups, indexOf };
}
