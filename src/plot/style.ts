/** Sizes of a figure in pixels at zoom 1, in the proportions of CMS figures: large text, a frame, ticks inside. */
export interface Style {
  readonly width: number;
  readonly height: number;
  readonly fonts: {
    readonly tick: number;
    readonly title: number;
    readonly legend: number;
    readonly experiment: number;
    readonly note: number;
  };
  readonly tick: { readonly major: number; readonly minor: number; readonly width: number };
  readonly line: number;
  readonly frame: number;
  /** Area of a data point in square pixels, as Vega counts it. */
  readonly point: number;
  readonly gap: number;
}

export const defaultSize: { readonly width: number; readonly height: number } = { width: 640, height: 600 };

/** The style of a figure of this size: everything grows with the smaller side. */
export function styleFor(width: number, height: number): Style {
  const unit = Math.min(width, height) / 600;
  const px = (v: number): number => Math.round(v * unit * 100) / 100;
  return {
    width,
    height,
    fonts: { tick: px(20), title: px(23), legend: px(19), experiment: px(26), note: px(15) },
    tick: { major: px(12), minor: px(6), width: px(1.3) },
    line: px(2.2),
    frame: px(1.6),
    point: px(8.5) * px(8.5) * 0.785,
    gap: px(10),
  };
}
