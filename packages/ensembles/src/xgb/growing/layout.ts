/**
 * Byte offsets in the records that growing shares between TypeScript, which writes them, and the kernels. Fields are
 * i32 or addresses unless said. A slot is one bin of the four features of a tile: four pairs (G, H) of f64.
 */

/** Bytes of a slot. */
export const SLOT_BYTES = 64;

// What stays the same for all trees.
export const TILES = 0;
/** First tile of the binned matrix. */
export const BINS = 4;
/** 1 or 2. */
export const BIN_BYTES = 8;
/** Bytes of a tile of the binned matrix. */
export const TILE_BYTES = 12;
/** i32 per tile: where its slots begin in a node's histogram, bytes. */
export const TILE_OFFSETS = 16;
/** i32 per tile: bins of its widest feature, missing values not counted. */
export const TILE_BINS = 20;
/** i32 per lane (tiles · 4): bins of the feature, missing values not counted; 0 where there is no feature. */
export const BIN_COUNTS = 24;
/** u8 per lane: how the feature is split, see below. */
export const KINDS = 28;
/** i8 per lane: −1, 0 or 1, the sign of a monotone constraint. */
export const MONOTONE = 32;
/** Whether the last slot of each feature takes missing values. */
export const HAS_MISSING = 36;
/** f32 pairs (g, h) of the rows. */
export const GRADIENTS = 40;
/** f32 pairs (g, h) in the order of a node's rows; only those of nodes that are summed up. */
export const GATHERED = 44;
/** u32: the rows, those of a node side by side and ascending. */
export const ORDER = 48;
/** u32: room for the rows of a chunk that go left, and for those that go right. */
export const LEFTS = 52;
export const RIGHTS = 56;
export const ROWS = 60;
/** Tasks of the step: pairs of nodes to evaluate. */
export const TASKS = 64;
export const TASK_COUNT = 68;
/** Chunks of rows of the step. */
export const CHUNKS = 72;
export const CHUNK_COUNT = 76;
/** Best splits: for each member one per node of the step. */
export const BESTS = 80;
export const BEST_BYTES = 84;
/** Nodes that the step evaluates. */
export const BEST_COUNT = 88;
/** Room of each member: two tiles of slots, sums of a scan, order of categories. */
export const SCRATCH = 92;
export const SCRATCH_BYTES = 96;
/** Slots of the widest tile. */
export const MOST_SLOTS = 100;
/** f32, as are the next three. */
export const LAMBDA = 104;
export const ALPHA = 108;
export const MAX_DELTA_STEP = 112;
export const MIN_CHILD_WEIGHT = 116;
/** Whether gains are those of a given weight: with maxDeltaStep or monotone constraints. */
export const GIVEN_WEIGHT = 120;
export const MAX_CATEGORIES = 124;
/** Next unit of work; it has a cache line of its own. */
export const NEXT = 192;
export const SETTINGS_BYTES = 256;

// How a feature is split.
export const NUMERIC = 1;
/** One category against the others. */
export const ONE_HOT = 2;
/** A set of categories against the others. */
export const PARTITION = 3;

// A task: one node whose histogram is built and, but for the root, its sibling.
/** Index of the built node's first row in the order. */
export const TASK_START = 0;
export const TASK_ROWS = 4;
/** Where the built node's histogram stays; 0 if it is not needed later. */
export const TASK_BUILT = 8;
/** The parent's histogram; 0 for the root. */
export const TASK_PARENT = 12;
/** Where the sibling's histogram stays: the parent's place, or 0. */
export const TASK_REST = 16;
/** What is done, bits: build, scan the built node, scan the sibling. */
export const TASK_WORK = 20;
export const BUILD = 1;
export const SCAN_BUILT = 2;
export const SCAN_REST = 4;
/** Whether the rows are all rows, in which case the gradients are not gathered. */
export const TASK_ALL_ROWS = 24;
export const TASK_BUILT_NODE = 32;
export const TASK_REST_NODE = 80;
export const TASK_BYTES = 128;

// A node within a task.
/** f64 pair (G, H). */
export const NODE_SUMS = 0;
/** f32: gain without a split. */
export const NODE_GAIN = 16;
/** f32: bounds of the weights of its children. */
export const NODE_LOWER = 20;
export const NODE_UPPER = 24;
/** u8 per lane: 1 for features that may be used; 0 if all may. */
export const NODE_FEATURES = 28;
/** Number of its best split. */
export const NODE_BEST = 32;

// The best split of a node.
/** f32 */
export const BEST_GAIN = 0;
/** −1 if no split is worthwhile. */
export const BEST_FEATURE = 4;
/** Last bin that goes left, −1 if only missing values do; −2 where a set of categories goes right. */
export const BEST_BIN = 8;
export const BEST_DEFAULT_LEFT = 12;
/** f64 pairs (G, H). */
export const BEST_LEFT = 16;
export const BEST_RIGHT = 32;
/** Bits of the categories that go right. */
export const BEST_CATEGORIES = 48;
/** Value of BEST_BIN for categories. */
export const CATEGORICAL = -2;

// A chunk: some rows of a node that is split.
export const CHUNK_START = 0;
export const CHUNK_END = 4;
/** Written by the first step: how many go left. */
export const CHUNK_LEFTS = 8;
/** Where they go in the order. */
export const CHUNK_LEFT_TO = 12;
export const CHUNK_RIGHT_TO = 16;
/** Of which rows gradients are gathered: 0 none, 1 those that go left, 2 right. */
export const CHUNK_GATHER = 20;
/** The first row's bin in the split's feature. */
export const CHUNK_BINS = 24;
/** u8 per bin, that of missing values included: 1 for those that go left. */
export const CHUNK_GOES_LEFT = 28;
export const CHUNK_BYTES = 32;

// Rows that get the same output.
export const LEAF_START = 0;
export const LEAF_END = 4;
/** f32 */
export const LEAF_VALUE = 8;
export const LEAF_BYTES = 12;

/** float32 of 1e-6: a split has to gain more than this. */
export const LEAST_GAIN = 9.999999974752427e-7;
