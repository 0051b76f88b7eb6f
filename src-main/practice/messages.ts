import { z } from 'zod';
import { practiceLifetimesSchema } from '../contract/environment.ts';
import type { Result } from '../contract/result.ts';
import type { PracticeInfo } from './provider.ts';

/** What the app tells the practice process. */
export const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('start'), lifetimes: practiceLifetimesSchema }),
  z.object({ order: z.literal('set-lifetimes'), lifetimes: practiceLifetimesSchema }),
  z.object({ order: z.literal('stop') }),
]);
export type Order = z.infer<typeof orderSchema>;

/** What the practice process answers to `start`. */
export interface Started { started: Result<PracticeInfo> }
