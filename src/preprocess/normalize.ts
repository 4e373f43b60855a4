/**
 * Scales grey levels 0 to 255 to [0, 1], as the paper's Section III.1 does.
 * @param into written from its start; a new array unless given
 */
export function normalize(
  images: Uint8Array,
  into: Float32Array = new Float32Array(images.length),
): Float32Array {
  for (let i = 0; i < images.length; i++) into[i] = images[i]! / 255;
  return into;
}
