import type { ImageDataset } from './dataset';
import type { DatasetSpec } from './spec';

/** Images in parts: all that a search for copies needs. */
export interface PartedImages extends Pick<ImageDataset, 'count' | 'images' | 'usages'> {
  readonly spec: Pick<DatasetSpec, 'side' | 'parts'>;
}
