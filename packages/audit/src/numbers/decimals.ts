/** Digits behind the point of a figure as it is printed, such as 1 of `73.3%`. */
export function decimalsOf(text: string): number {
  return (text.replace('%', '').split('.')[1] ?? '').length;
}
