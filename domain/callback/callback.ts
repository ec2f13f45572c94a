/** One attempt of the centre to verify the result with the citizen (P07). */
export interface Callback {
  callbackId: string;
  ticketNo: string;
  assignmentNo: string;
  attemptNo: number;
  at: number;
  actorId: string;
  reached: boolean;
  unitContacted: boolean | null;
  factTrue: boolean | null;
  solved: boolean | null;
  satisfaction: 1 | 2 | 3 | 4 | 5 | null; // 非常满意 … 非常不满意
  dissatisfiedReason: string | null;
  note: string | null;
}
