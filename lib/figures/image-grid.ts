import { counted, type Figure, packed } from "./figure";
import { baseLayout, diverging, ink } from "./theme";

/** A square image. */
export interface Image {
  /** Row by row: bytes from 0 (paper) to 255 (full ink), or other numbers from 0 to 1; signed ones from −1 to 1. */
  readonly pixels: Uint8Array | ArrayLike<number>;
  /** A few characters under the image. */
  readonly caption?: string;
}

/** Title, size of the images and how they stand. */
export interface ImageGridOptions {
  readonly title: string;
  /** Images side by side; 8 by default, or fewer. */
  readonly columns?: number;
  /** Pixels of an image's side. */
  readonly size?: number;
  /** What the captions mean, for the text. */
  readonly captionMeaning?: string;
  /** Numbers from −1 to 1, as of weights or gradients, in two colours from the middle on; grey from 0 to 1 unless set. */
  readonly signed?: boolean;
}

const gap = 4;
/** In px: a letter of a caption, the space between two captions side by side, and the room within a phone's figure. */
const letterWidth = 6.8;
const apart = 6;
const phone = 340;
const captionSpace = 9;
const paperAndInk = [
  [0, "#FFFFFF"],
  [1, "#000000"],
];
/** Signed numbers from −1 to 1 become 0 to 254, so that zero is a byte of its own. */
const zeroByte = 127;

/**
 * Images in rows, each with its caption: dark ink on white paper, or signed numbers in two colours. All pixels are one
 * byte each in one trace. Where captions would meet on a phone, the figure says how wide it must be.
 * @throws if there is no image, one has not size² pixels, or a number that is no byte lies outside 0 to 1 (signed: −1 to 1)
 * @example
 * imageGrid([{ pixels: [0, 1, 1, 0], caption: "4" }], { title: "Digits", size: 2 }).text // "Digits. 1 image of 2×2 pixels: 4."
 */
export function imageGrid(images: readonly Image[], options: ImageGridOptions): Figure {
  const { title, size = 28, signed = false } = options;
  if (images.length === 0) throw new Error(`figure "${title}": there is no image`);
  const columns = Math.min(options.columns ?? 8, images.length);
  const rows = Math.ceil(images.length / columns);
  const captioned = images.some((image) => image.caption !== undefined);
  const tileWidth = size + gap;
  const tileHeight = tileWidth + (captioned ? captionSpace : 0);
  const [width, height] = [columns * tileWidth, rows * tileHeight];
  // Between the images lies what is white: no ink, or zero.
  const grey = new Uint8Array(width * height).fill(signed ? zeroByte : 0);
  images.forEach((image, k) => {
    const bytes = bytesOf(image, k, options);
    const left = (k % columns) * tileWidth + gap / 2;
    const top = Math.floor(k / columns) * tileHeight + gap / 2;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) grey[(top + i) * width + left + j] = bytes[i * size + j];
  });
  const captions = images.map((image) => image.caption ?? "");
  const longest = Math.max(...captions.map((caption) => caption.length));
  const least = Math.ceil(columns * (letterWidth * longest + apart));
  const middle = (k: number) => (k % columns) * tileWidth + tileWidth / 2 - 0.5;
  const below = (k: number) => Math.floor(k / columns) * tileHeight + tileWidth + captionSpace / 2 - 1.5;
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [
      {
        type: "heatmap",
        z: packed(grey, height, width, "u1"),
        colorscale: signed ? diverging : paperAndInk,
        zmin: 0,
        zmax: signed ? 2 * zeroByte : 255,
        showscale: false,
        hoverinfo: "skip",
      },
      ...(captioned
        ? [
            {
              type: "scatter",
              mode: "text",
              x: images.map((_, k) => middle(k)),
              y: images.map((_, k) => below(k)),
              text: captions,
              textfont: { color: ink, size: 12 },
              hoverinfo: "skip",
            },
          ]
        : []),
    ],
    layout: baseLayout(title, Math.round(60 + (600 * height) / width), {
      showlegend: false,
      ...(least > phone ? { meta: { leastWidth: least } } : {}),
      margin: { l: 8, r: 8, t: 48, b: 8 },
      xaxis: { ...hidden, range: [-0.5, width - 0.5], constrain: "domain" },
      yaxis: {
        ...hidden,
        range: [height - 0.5, -0.5],
        scaleanchor: "x",
        constrain: "domain",
        constraintoward: "top",
      },
    }),
    text: `${title}. ${counted(images.length, "image")} of ${size}×${size} pixels${inWords(captions, options)}`,
  };
}

function inWords(captions: string[], { captionMeaning }: ImageGridOptions): string {
  if (captions.every((caption) => caption === "")) return ".";
  return `${captionMeaning ? `, captioned ${captionMeaning}` : ""}: ${captions.join(", ")}.`;
}

function bytesOf({ pixels }: Image, k: number, { title, size = 28, signed = false }: ImageGridOptions) {
  if (pixels.length !== size * size)
    throw new Error(
      `figure "${title}": image ${k} has ${pixels.length} pixels, ${size}×${size} need ${size * size}`,
    );
  if (pixels instanceof Uint8Array && !signed) return pixels;
  const least = signed ? -1 : 0;
  for (let p = 0; p < pixels.length; p++)
    if (!(pixels[p] >= least && pixels[p] <= 1))
      throw new Error(
        `figure "${title}": pixel ${p} of image ${k} is ${pixels[p]}, it must lie from ${least} to 1`,
      );
  return Uint8Array.from(pixels, (x) => Math.round(signed ? zeroByte * (x + 1) : 255 * x));
}
