import type { OnProgress, Progress } from '@steatosis/core';
import cliProgress from 'cli-progress';
import type { TextSink } from './io.js';

/** Progress for people: a bar on a terminal, now and then a plain line elsewhere. */
export interface ProgressDisplay {
  /** Pass this as the `onProgress` of long work. */
  onProgress: OnProgress;
  /** Write a whole line without tearing the bar. */
  line: (text: string) => void;
  /** Take the bar away. */
  finish: () => void;
}

/** Plain lines come at every share of 1/10 and at every new message. */
const STEPS = 10;

/**
 * @param task what is being done, for instance `simulating`
 * @param unit what is counted, for instance `patients`
 */
export function createProgress(sink: TextSink, task: string, unit: string): ProgressDisplay {
  return sink.isTTY === true ? progressBar(sink, task, unit) : progressLines(sink, task, unit);
}

function progressBar(sink: TextSink, task: string, unit: string): ProgressDisplay {
  const bar = new cliProgress.SingleBar(
    {
      stream: sink as NodeJS.WritableStream,
      format: `{message} [{bar}] {value}/{total} ${unit} {percentage} %`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: null,
      fps: 8,
    },
    cliProgress.Presets.legacy,
  );
  let running = false;
  return {
    onProgress({ done, total, message }: Progress) {
      const shown = { message: message ?? task };
      if (!running) bar.start(total ?? 0, done, shown);
      else {
        if (total !== undefined && total !== bar.getTotal()) bar.setTotal(total);
        bar.update(done, shown);
      }
      running = true;
    },
    line(text) {
      if (running) bar.stop();
      running = false;
      sink.write(`${text}\n`);
    },
    finish() {
      if (running) bar.stop();
      running = false;
    },
  };
}

function progressLines(sink: TextSink, task: string, unit: string): ProgressDisplay {
  let shownStep = -1;
  let shownMessage: string | undefined;
  return {
    onProgress({ done, total, message }: Progress) {
      const step = total ? Math.floor((STEPS * done) / total) : -1;
      // Names of single patients change at every step and make no line of their own.
      const stage = message !== undefined && /\s/.test(message) ? message : undefined;
      if (step === shownStep && (stage === undefined || stage === shownMessage)) return;
      shownStep = step;
      shownMessage = stage;
      const count = total === undefined ? `${done}` : `${done}/${total}`;
      sink.write(`${stage ?? task}: ${count} ${unit}\n`);
    },
    line(text) {
      sink.write(`${text}\n`);
    },
    finish() {},
  };
}
