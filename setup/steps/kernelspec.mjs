import { kernelspecIsCurrent, writeKernelspec } from '../../kernel/kernelspec.mjs';

/** The notebook kernel, in the environment's own prefix. */
export const kernelspec = {
  name: 'notebook kernel',
  needs: [],
  inputs: ({ prefix }) => [prefix],
  isDone: ({ prefix }) => kernelspecIsCurrent(prefix),
  run: ({ prefix }) => writeKernelspec(prefix),
};
