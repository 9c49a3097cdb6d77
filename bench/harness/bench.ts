/** What a benchmark is: one question, our side, the peer's side, and when their values count as equal. */
export interface Bench {
  /** `radiomics-rois` */
  name: string;
  /** The question that it answers, in one line. */
  question: string;
  /** Our side: a file of `bench/cases` and what it is called with. */
  ours: { file: string; args: readonly string[] };
  /** Without one our side is timed alone: where no peer can do the same in reasonable time. */
  peer?: {
    /** Environment of `bench/set-up-peers.ts` that runs it. */
    environment: string;
    /** A file of `bench/peers`. */
    script: string;
    args: readonly string[];
    /** Name for the table. */
    label: string;
  };
  /** Largest relative difference between the two sides' values; why not smaller stands beside it. */
  tolerance: number;
  /** Values smaller than this are compared by their absolute difference over it; default 1. */
  scale?: number;
  /** Counted pairs after one warm-up pair. */
  rounds: number;
}
