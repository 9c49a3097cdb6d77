/** The training kernels that binning calls; every place is an address. */
export interface BinningKernels {
  sketchBytes(count: number, maxBin: number): number;
  sketchScratchBytes(count: number, maxBin: number): number;
  sketchBegin(sketch: number, count: number, maxBin: number): void;
  sketchPush(sketch: number, values: number, weights: number, n: number, scratch: number): void;
  sketchCuts(sketch: number, maxBin: number, scratch: number, to: number): number;
  binRows(
    values: number,
    rows: number,
    columns: number,
    table: number,
    to: number,
    tileBytes: number,
    binBytes: number,
  ): void;
}
