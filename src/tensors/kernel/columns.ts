import { addRow } from './reductions';

/*
 * A convolution as one product of matrices: the inputs under each place of the window, side by side, are the rows of one of
 * them. Pixels of a row of the window lie next to each other, so that they are copied in one piece.
 */

/**
 * out[b, y, x, i, j, c] = image[b, y strideY + i - top, x strideX + j - left, c], 0 outside; or, with `back`, the
 * transposed map, which adds `out` up into `image`.
 *
 * @param image shape [batch, height, width, channels]
 * @param out shape [batch, outHeight, outWidth, rows, columns, channels]
 */
export function windowColumns(
  back: bool,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  image: usize,
  out: usize,
): void {
  if (back) memory.fill(image, 0, (<usize>batch * height * width * channels) << 2);
  const run = (<usize>columns * channels) << 2;
  for (let b = 0; b < batch; b++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        const firstX = x * strideX - left;
        const from = max(0, -firstX);
        const to = max(from, min(columns, width - firstX));
        const lead = (<usize>from * channels) << 2;
        const bytes = (<usize>(to - from) * channels) << 2;
        for (let i = 0; i < rows; i++) {
          const atY = y * strideY + i - top;
          const inside = atY >= 0 && atY < height && to > from;
          const place = inside ? image + ((<usize>((b * height + atY) * width + firstX + from) * channels) << 2) : 0;
          if (back) {
            if (inside) addRow((to - from) * channels, out + lead, place);
          } else if (inside) {
            memory.fill(out, 0, lead);
            memory.copy(out + lead, place, bytes);
            memory.fill(out + lead + bytes, 0, run - lead - bytes);
          } else memory.fill(out, 0, run);
          out += run;
        }
      }
    }
  }
}
