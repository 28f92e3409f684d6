/**
 * Panels: `width` lanes side by side, k steps deep, shape [k, width], so that the innermost loop reads straight on.
 *
 * Lanes from `valid` on are 0. `pitch` is in bytes.
 */

// @ts-ignore: decorator
@inline
function packAlong(source: usize, pitch: usize, valid: i32, k: i32, panel: usize, width: i32): void {
  const step = <usize>width << 2;
  if (valid == width) {
    for (let p = 0; p < k; p++) {
      v128.store(panel, v128.load(source));
      if (width == 8) v128.store(panel, v128.load(source, 16), 16);
      source += pitch;
      panel += step;
    }
    return;
  }
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < width; j++) {
      const at = <usize>j << 2;
      store<f32>(panel + at, j < valid ? load<f32>(source + at) : 0);
    }
    source += pitch;
    panel += step;
  }
}

// @ts-ignore: decorator
@inline
function packAcross(source: usize, pitch: usize, valid: i32, k: i32, panel: usize, width: i32): void {
  const step = <usize>width << 2;
  for (let group = 0; group < width; group += 4) {
    let from = source + <usize>group * pitch;
    let to = panel + (<usize>group << 2);
    let p = 0;
    if (group + 4 <= valid) {
      for (; p + 4 <= k; p += 4) {
        const r0 = v128.load(from);
        const r1 = v128.load(from + pitch);
        const r2 = v128.load(from + 2 * pitch);
        const r3 = v128.load(from + 3 * pitch);
        const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
        const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
        const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
        const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
        v128.store(to + step, v128.shuffle<f64>(low01, low23, 1, 3));
        v128.store(to + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
        v128.store(to + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
        from += 16;
        to += 4 * step;
      }
    }
    for (; p < k; p++) {
      for (let j = 0; j < 4; j++) {
        store<f32>(to + (<usize>j << 2), group + j < valid ? load<f32>(from + <usize>j * pitch) : 0);
      }
      from += 4;
      to += step;
    }
  }
}

/**
 * All panels of a block of `lanes` lanes, one after the other.
 *
 * @param along whether the lanes lie side by side in memory, and steps a pitch apart; else the other way round
 */
// @ts-ignore: decorator
@inline
export function pack(source: usize, pitch: usize, along: bool, lanes: i32, k: i32, panels: usize, width: i32): void {
  for (let lane = 0; lane < lanes; lane += width) {
    const valid = min(width, lanes - lane);
    if (along) packAlong(source + (<usize>lane << 2), pitch, valid, k, panels, width);
    else packAcross(source + <usize>lane * pitch, pitch, valid, k, panels, width);
    panels += (<usize>(width * k)) << 2;
  }
}
