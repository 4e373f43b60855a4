import type { DatasetSpec } from '../spec';
import { FER2013 } from './fer2013';

/** The built-in drawn faces, which stand in for the paper's data set and have its classes, size and parts. */
export const SAMPLE: DatasetSpec = {
  name: 'sample',
  title: 'synthetic sample',
  classes: FER2013.classes,
  side: FER2013.side,
  parts: FER2013.parts,
  showsPeople: false,
  citation: 'drawn by ferlab',
};
