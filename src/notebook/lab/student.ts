/** What the cells of labs import as `ferlab/labs`: little enough to load in no time. */
export { grade } from './grade';
export { whenWritten } from './when-written';
