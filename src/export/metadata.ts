/** What a network takes and gives. */
const METADATA = {
  input: 'grey levels of one cropped face, divided by 255; [batch, height, width, 1]',
  output: 'probabilities of the classes; not for judging people',
} as const;

/** What a model file says of itself. @param classes their names in the order of the probabilities */
export const metadataOf = (classes: readonly string[]): Readonly<Record<string, string>> => ({
  classes: classes.join(','),
  ...METADATA,
});
