/** What the listener bears. Times in milliseconds, sizes in bytes. */
export interface ReceiverLimits {
  /** Connections at once; one more ends the oldest that has not asked for anything. */
  connections: number;
  /** For a whole request head to arrive. */
  headerTime: number;
  /** Of a request head, and of what is kept of a request as evidence. */
  headerBytes: number;
  /** Of a form_post body. */
  bodyBytes: number;
  /** How long the listener stays for the page that says "done", once it has its answer. */
  grace: number;
  /** Requests that are reported besides the accepted one; a flood is counted no further. */
  reports: number;
}

export const receiverLimits: ReceiverLimits = { connections: 16, headerTime: 5000, headerBytes: 8192, bodyBytes: 65_536, grace: 2000, reports: 500 };
