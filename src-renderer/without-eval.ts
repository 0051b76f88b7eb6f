import { config } from 'zod';

// The schemas would otherwise try `new Function` once to see whether they may compile themselves, and the window's policy reports that.
config({ jitless: true });
