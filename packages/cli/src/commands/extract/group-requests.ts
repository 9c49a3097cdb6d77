import type { CaseRequest } from './case-request.js';

/** More cases than this are not put on one worker, even if they share their images. */
const MOST_SHARED = 32;

/** Positions of cases that follow each other and share image and mask. */
export function groupRequests(requests: readonly CaseRequest[]): number[][] {
  const groups: number[][] = [];
  requests.forEach((request, i) => {
    const group = groups.at(-1);
    const shares =
      group !== undefined && group.length < MOST_SHARED && sameFiles(request, requests[group[0]!]!);
    if (shares) group.push(i);
    else groups.push([i]);
  });
  return groups;
}

function sameFiles(a: CaseRequest, b: CaseRequest): boolean {
  return a.imagePath === b.imagePath && a.maskPath === b.maskPath && a.channel === b.channel;
}
