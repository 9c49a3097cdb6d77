/** Our separation of one slice on one thread. Writes the echoes that the peer reads. */
import { separateWaterFat, summariseRoi } from '@steatosis/io';
import { serveSide } from '../harness/side.ts';
import { simulatedSlice, writeForPeer } from './simulated-slice.ts';

const slice = await simulatedSlice();
const run = async () => await separateWaterFat(slice.multiEcho);
await serveSide({
  versions: { Node: process.version },
  values: async () => {
    writeForPeer(slice);
    const { pdffPercent } = await run();
    return slice.rois.map((box) => summariseRoi(pdffPercent, box).mean);
  },
  run,
});
