import { InvalidArgumentError, type Volume } from '@steatosis/core';

/** @throws InvalidArgumentError unless the volume has three axes */
export function expectThreeAxes(volume: Volume, name: string): void {
  if (volume.data.shape.length === 3) return;
  throw new InvalidArgumentError(
    name,
    volume.data.shape,
    'a volume of three dimensions; pick one echo or component',
  );
}
