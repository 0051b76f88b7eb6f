import { z } from 'zod';
import { problemSchema } from './result.ts';

/** What a measurement can find out about a provider, in the order it is done: what kills a grant comes last. */
export const QUESTIONS = ['code', 'access-token', 'rotation', 'refresh-idle', 'refresh-absolute', 'reuse-grace'] as const;
export const questionSchema = z.enum(QUESTIONS);
export type Question = z.infer<typeof questionSchema>;

export const measureOptionsSchema = z.object({
  questions: z.array(questionSchema).min(1, 'Choose what to measure').max(QUESTIONS.length),
  /** How long one token is watched at most, seconds; what lives longer is reported as "at least". */
  longest: z.number().int().min(1).max(31_536_000),
  /** How often the person may be asked to sign in. */
  signIns: z.number().int().min(1).max(50),
});
export type MeasureOptions = z.infer<typeof measureOptionsSchema>;

/** What somebody says a lifetime is, and who. */
export const claimSchema = z.object({ seconds: z.number(), from: z.string() });
export type Claim = z.infer<typeof claimSchema>;

const range = z.object({ from: z.number(), to: z.number() });

export const plannedQuestionSchema = z.object({
  question: questionSchema,
  /** What will be done, as a sentence. */
  how: z.string(),
  claimed: claimSchema.nullable(),
  /** How long it takes, seconds. */
  seconds: range,
  signIns: range,
  /** Grants (codes, refresh tokens) that are spent or killed. */
  grants: range,
  /** Why it cannot be measured here; such a question is left out. */
  impossible: z.string().optional(),
});
export type PlannedQuestion = z.infer<typeof plannedQuestionSchema>;

export const measurePlanSchema = z.object({ options: measureOptionsSchema, questions: z.array(plannedQuestionSchema) });
export type MeasurePlan = z.infer<typeof measurePlanSchema>;

/**
 * One look at whether something still lives. The age is counted from its issue, milliseconds, and is a range: between the earliest and the
 * latest instant the server can have meant (RFC 9110 states no more than when bytes came and went).
 */
export const observationSchema = z.object({
  question: questionSchema,
  /** The token's id, or `code:` and the number of its callback. */
  subject: z.string(),
  age: range,
  alive: z.boolean(),
  exchangeId: z.string(),
  /** Done later than planned, since the machine slept, the app was closed or the network failed: a wide bound. */
  late: z.boolean(),
});
export type Observation = z.infer<typeof observationSchema>;

export const findingSchema = z.object({
  question: questionSchema,
  claimed: claimSchema.nullable(),
  /** Lived at least and at most so long, milliseconds; `null` where nothing bounds it. */
  atLeast: z.number().nullable(),
  atMost: z.number().nullable(),
  verdict: z.enum(['as-claimed', 'shorter', 'longer', 'measured', 'yes', 'no', 'unknown']),
  sentence: z.string(),
  /** A bound comes from a late look. */
  late: z.boolean(),
  /** The exchanges that show it. */
  exchanges: z.array(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

/** What a measurement waits for; `until` by the wall clock, epoch milliseconds, `null` for the person. */
export const waitingSchema = z.object({ question: questionSchema, subject: z.string(), until: z.number().nullable(), what: z.string() });
export type Waiting = z.infer<typeof waitingSchema>;

export const measureEndSchema = z.object({ outcome: z.enum(['done', 'stopped', 'failed']), problem: problemSchema.optional() });

/** A measurement as its Run tells it. */
export interface MeasureState {
  plan: MeasurePlan;
  observations: Observation[];
  findings: Finding[];
  waiting: Waiting | null;
  ended: z.infer<typeof measureEndSchema> | null;
}

/** One line of what is being measured now. */
export interface MeasureStatus {
  runId: string;
  environmentId: string | null;
  running: boolean;
  /** Waits for a yes to opening the browser. */
  needsPerson: boolean;
  done: number;
  of: number;
  waiting: Waiting | null;
}
